"""Grade a whole class: read submissions, grade each distinct answer once, keep every verdict, write the results.

`submissions` says who handed something in, `reading` opens it without trusting it, `layout` finds the exercises'
files in it, `store` remembers, `run` keeps the workers busy, `results` and `summary` tell what came of it.
"""
