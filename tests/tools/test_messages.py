"""Translations are found in code and templates, and what is wrong with them is said."""

from babel.messages.catalog import Message

from tools.messages import extract, python_text, wrong


def test_texts_of_templates_are_found_with_their_plural(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        '{% load i18n %}\n  <p>It\'s</p>{% translate "Play" %}\n'
        "{% blocktranslate count n=n %}{{ n }} prize{% plural %}{{ n }} prizes{% endblocktranslate %}"
    )
    text = python_text(page)
    assert "gettext(u'Play')" in text
    assert "ngettext(u'%(n)s prize', u'%(n)s prizes'" in text


def test_our_own_packages_can_be_read():
    assert len(extract("tenants")) > 0


def faults(id, string):
    return list(wrong(Message(id), Message(id, string)))


def test_a_good_translation_has_no_fault():
    assert faults("Hello %(name)s!", "Bonjour %(name)s\u202f!") == []
    assert faults(("%(n)s prize", "%(n)s prizes"), ("%(n)s lot", "%(n)s lots")) == []


def test_missing_lost_and_loose_are_named():
    assert faults("Play", "") == ["not translated"]
    assert "placeholder" in faults("Hello %(name)s", "Bonjour")[0]
    assert "placeholder" in faults("Hello %(name)s", "Bonjour %(nom)s")[0]
    assert "U+202F" in faults("Ready?", "Prêt ?")[0]
    assert "U+202F" in faults("Ready?", "Prêt?")[0]
