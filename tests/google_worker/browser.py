"""A browser and the person before it: opens the page that asks for consent and allows it."""

import re
import sys
from html import unescape

import requests

page = requests.get(sys.argv[1], timeout=60).text
[link] = re.findall(r'href="([^"]+)"', page)
requests.get(unescape(link), timeout=60)
