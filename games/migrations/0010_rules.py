import django.db.models.deletion
from django.db import migrations, models

from tenants.isolation import Belongs, Isolate


class Migration(migrations.Migration):

    dependencies = [
        ('games', '0009_exports'),
        ('tenants', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='RulesVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField()),
                ('details', models.JSONField(default=dict)),
                ('blocks', models.JSONField()),
                ('hashes', models.JSONField()),
                ('game', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='games.game')),
                ('tenant', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.tenant')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('game', 'version'), name='rules_version')],
            },
        ),
        Isolate("games_rulesversion"),
        Belongs("games_rulesversion", "game_id", "games_game"),
    ]
