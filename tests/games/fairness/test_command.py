from django.core.management import call_command


def verified(capsys, *arguments):
    code = 0
    try:
        call_command("verify", *arguments)
    except SystemExit as end:
        code = end.code
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_command_tells_on_its_output_what_it_found(capsys, moments_proof, draw_proof, laid):
    code, out, err = verified(capsys, "moments", laid(moments_proof))
    assert (code, out[:10], err) == (0, "All holds:", "")
    code, out, err = verified(capsys, "moments", laid(moments_proof | {"plays.txt": b""}))
    assert (code, out[:14], err) == (1, "Does not hold:", "")


def test_what_keeps_it_from_looking_goes_to_the_other(capsys, laid):
    code, out, err = verified(capsys, "draw", laid({}))
    assert (code, out, err) == (2, "", "Cannot verify: manifest.json is missing or cannot be read.\n")
    assert verified(capsys)[0] == 2
