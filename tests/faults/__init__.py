"""Things are killed, frozen, cut and starved while people play; afterwards a checker reads what everybody wrote down.

A *generator* (players.py, followers.py) plays from a seed, a *nemesis* (nemesis.py) breaks things from a seed, every worker keeps a
*history* (history.py), and a *checker* (checker.py, watched.py) reads the histories and the rows that are left, nothing else. Each
promise has a control: a process that was started with one safeguard off (start.py, switches.py) and must make the checker speak.

`make test` runs short counts, `make soak` the written ones.
"""
