# Baseline: the job of a replay at full speed as a plain loop over a pandas DataFrame, one row after the other.
import sys

import pandas

path, changes_path, late_path = sys.argv[1:]
fixes = pandas.read_csv(path, dtype=str)
fixes["time_stamp"] = pandas.to_datetime(fixes["time_stamp"], utc=True)
fixes["sts"] = pandas.to_datetime(fixes["sts"], utc=True)
fixes = fixes.sort_values("sts", kind="stable")

latest = {}
changes = []
late = []
for _, fix in fixes.iterrows():
    held = latest.get(fix["device_fk_id"])
    if held is None or fix["time_stamp"] > held["time_stamp"]:
        latest[fix["device_fk_id"]] = fix
        changes.append(fix)
    else:
        late.append(fix)

pandas.DataFrame(changes).to_csv(changes_path, index=False)
pandas.DataFrame(late).to_csv(late_path, index=False)
