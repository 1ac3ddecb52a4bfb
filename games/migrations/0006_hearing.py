from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('games', '0005_letters'),
    ]

    operations = [
        migrations.AddField(
            model_name='lease',
            name='hears',
            field=models.BooleanField(db_default=True),
        ),
    ]
