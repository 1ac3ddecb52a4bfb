"""Settings as `startproject` leaves them, with the channel layer and the database that the benchmark gives."""

import os

import environ

SECRET_KEY = "the peers of the benchmark have no secrets"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["daphne", "benchmarks.peers.tutorial"]
DATABASES = {"default": environ.Env().db_url("DATABASE_URL", default="sqlite://:memory:")}
DATABASES["default"]["CONN_MAX_AGE"] = int(os.environ.get("CONN_MAX_AGE", "0"))
ASGI_APPLICATION = "benchmarks.peers.tutorial.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
LAYERS = {
    "memory": {"BACKEND": "channels.layers.InMemoryChannelLayer"},
    "core": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [os.environ.get("REDIS_URL", "")]}},
    "pubsub": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [os.environ.get("REDIS_URL", "")]}},
}
CHANNEL_LAYERS = {"default": LAYERS[os.environ.get("LAYER", "memory")]}
