"""The experiment that phyphox loads: it measures acceleration and pushes it to this computer.

Every push holds the newest two seconds, whether or not they have been sent before: what one push loses the next ones
bring, and doubles cost nothing but bytes. So nothing has to be cleared on the phone, and every version of phyphox that
can push can run it. Format 1.9 is that of phyphox's own example of a push.
"""

from typing import Final
from xml.etree import ElementTree as ET

from cadencecoach.plan.screen_texts import ScreenTexts

FORMAT: Final = "1.9"
RATE_HZ: Final = 100  # all that an iPhone has, and more than the steps need
N_KEPT: Final = 2 * RATE_HZ
PUSH_EVERY_S: Final = 0.25
BUFFERS: Final = {"t": "acc_time", "x": "accX", "y": "accY", "z": "accZ"}  # as in phyphox's own experiments
CATEGORY: Final = "cadencecoach"


def experiment(address: str, texts: ScreenTexts) -> bytes:
    """The experiment as a file.

    Args:
        address: where it pushes to
        texts: in the runner's language; phyphox shows them as they are
    """
    root = ET.Element("phyphox", version=FORMAT)
    _add(root, "title", texts.phone_title)
    _add(root, "category", CATEGORY)
    _add(root, "description", texts.phone_description)
    containers = ET.SubElement(root, "data-containers")
    for name in BUFFERS.values():
        _add(containers, "container", name, size=str(N_KEPT))
    sensor = ET.SubElement(ET.SubElement(root, "input"), "sensor", type="accelerometer", rate=str(RATE_HZ))
    for component, name in BUFFERS.items():
        _add(sensor, "output", name, component=component)
    connection = ET.SubElement(
        ET.SubElement(root, "network"),
        "connection",
        address=address,
        service="http/post",
        conversion="none",
        interval=str(PUSH_EVERY_S),
        autoConnect="true",
    )
    for name in BUFFERS.values():
        _add(connection, "send", name, id=name, type="buffer")
    view = ET.SubElement(ET.SubElement(root, "views"), "view", label=CATEGORY)
    ET.SubElement(view, "info", label=texts.phone_info)
    value = ET.SubElement(view, "value", label="t", precision="1", unit="s")
    _add(value, "input", BUFFERS["t"])
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text
