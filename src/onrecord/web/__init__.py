"""The server: the desk's services as pages, in a browser.

Comes in: an opened :class:`onrecord.desk.Desk`, requests. Goes out: pages without inline script or style, readable
without script. It must not know how anything is read, weighed or kept: it asks the desk.
"""
