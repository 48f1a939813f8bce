"""Pictures of a story, drawn as SVG on the server.

Every picture is one image for assistive technology (``role="img"`` with a sentence that says what it shows) and stands beside a list
or table with the same content, so that nothing is told by the picture alone.  Nothing here uses inline style or script: classes are
styled by desk.css, the geometry is in attributes.  Marks carry ``data-line`` (the id of the line that they stand for), which desk.js
turns into a click for the mouse.
"""
