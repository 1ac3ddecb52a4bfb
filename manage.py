#!/usr/bin/env python3
"""The command line of the platform: `python manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    if sys.argv[1:2] == ["verify"] and not {"-h", "--help"} & set(sys.argv):
        # A stranger checks a public folder: neither keys nor a database are needed, and exit codes 0, 1, 2 mean what they say.
        from games.fairness.verdict import verify

        code, sentence = verify(sys.argv[2:])
        print(sentence, file=sys.stderr if code else sys.stdout)
        sys.exit(code)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "project.settings")
    from project.shell import Shell

    Shell(sys.argv).execute()


if __name__ == "__main__":
    main()
