"""Lease of the mill.

The mill by the weir is let to Jürgen Müßig for seven years. He keeps the
sluice in good order, and the wheel turns from six in the morning to eight
at night.

The rent is payable at Michaelmas. 磨坊的租期为七年，租金每年支付一次。
"""

RENT = (
    ("Year", "Rent", "Grain"),
    ("2023", "1450", "37.5"),
    ("2024", "1525", "41.2"),
)
ITEMS = (
    "two grindstones",
    "one brass scale",
    "a key to the Mühlentür",
)
