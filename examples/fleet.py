# Where was everybody known to be at a moment? Run it with: python3 examples/fleet.py
import pandas

changes = pandas.read_csv("output/output_stream.csv", dtype={"device_id": str}, parse_dates=["time", "event_time"])
arrived = changes[changes["time"] <= pandas.Timestamp("2021-10-23T12:30:40Z")]
# A device's changes are in the order of both clocks, so the last that had arrived is the answer.
print(arrived.groupby("device_id").last()[["lat", "lon", "event_time", "time"]].to_string())
