"""The scenarios once more, word for word, over a line on which a third of all requests go wrong.

Their own assertions hold, whatever the line does: what they say of the end is what a faultless run
gives. At the end of each the central copy verifies.
"""

from __future__ import annotations

from tests.faults.scenes import scenes_of
from tests.scenarios import test_first_sync, test_pay_run, test_two_copies

IN_MEMORY = "test_a_year_of_runs_settles_the_tax_and_verifies"

globals().update(scenes_of(test_first_sync))
globals().update(scenes_of(test_two_copies))
globals().update(scenes_of(test_pay_run, IN_MEMORY))
