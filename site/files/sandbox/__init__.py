"""Files are taken apart in a process of their own, which may come to grief without anybody else noticing.

`nursery` is one small process beside each of the site's: started with an empty environment and no open file of
ours, it has the cleaners loaded and does nothing but divide. For every file it makes a child by fork(2), a matter of
milliseconds; the child takes on limits of memory, time and bytes, cleans, answers and ends. A bomb, a crash of a
decoder or an endless loop is the end of that child. `client` is the site's side.
"""
