"""The mails of the demo can be read, in the demo alone."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

FOLDER = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def kept(settings, tmp_path):
    settings.DEMO, settings.EMAIL_FILE_PATH = True, str(tmp_path)
    connection = get_connection(FOLDER)
    for name in ("Ana", "Bo"):
        mail = EmailMultiAlternatives(
            f"Gagné, {name}", f"Bonjour {name}\nhttp://here.test/x", to=[f"{name}@home.test"], connection=connection
        )
        mail.attach_alternative(f'<html lang="fr"><p style="color:red">Bonjour {name}</p>', "text/html")
        mail.send()
    return tmp_path


def names(client):
    import re

    return re.findall(r'href="/demo/mail/([\w-]+)/"', client.get("/demo/mail/").content.decode())


def test_the_list_has_each_mail_the_newest_first(client, kept):
    shown = client.get("/demo/mail/").content.decode()
    assert shown.index("Gagné, Bo") < shown.index("Gagné, Ana")
    assert "Ana@home.test" in shown


def test_each_is_shown_as_text_and_as_its_program_would(client, kept):
    name = names(client)[0]
    assert "Bonjour Bo" in client.get(f"/demo/mail/{name}/").content.decode()
    answer = client.get(f"/demo/mail/{name}/html/")
    assert '<p style="color:red">Bonjour Bo</p>' in answer.content.decode()
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_only_a_name_of_ours_leads_to_a_file(client, kept):
    (kept / "other.log").write_text("secret")
    for name in ("other", "other-0", "20260101-000000-1-0", names(client)[0][:-1] + "7"):
        assert client.get(f"/demo/mail/{name}/").status_code == 404


def test_an_empty_box_says_how_a_mail_comes(client, settings, tmp_path):
    settings.DEMO, settings.EMAIL_FILE_PATH = True, str(tmp_path / "none")
    assert b"No mail yet." in client.get("/demo/mail/").content


def test_where_it_is_no_demo_there_is_no_such_page(client, kept, settings):
    name = names(client)[0]
    settings.DEMO = False
    for where in ("/demo/mail/", f"/demo/mail/{name}/", f"/demo/mail/{name}/html/"):
        assert client.get(where).status_code == 404
