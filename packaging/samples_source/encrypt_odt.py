"""Save a document as ODT with a password; run by the Python that knows `uno`.

Arguments: the pipe on which LibreOffice listens, source, target, password.
"""

import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

pipe, source, target, password = sys.argv[1:]
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext(
    "com.sun.star.bridge.UnoUrlResolver", local
)
for _ in range(60):
    try:
        context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        break
    except NoConnectException:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
options = {"FilterName": "writer8", "Password": password}
hidden = (PropertyValue(Name="Hidden", Value=True),)
document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, hidden)
properties = tuple(PropertyValue(Name=name, Value=value) for name, value in options.items())
document.storeToURL(Path(target).resolve().as_uri(), properties)
document.close(True)
desktop.terminate()
