"""What talks to LibreOffice: run by a Python that has `uno`, in a child process of the engine.

`import uno` needs the Python that LibreOffice was built for, replaces `builtins.__import__`, and a
call into an office that hangs never returns. In a process of its own none of these reach the
caller: any Python may use the engine, and a call that takes too long is ended from outside.

Standard library and `uno` only, and relative imports only: the folder is put on another Python's
path under the name `bridge`.
"""
