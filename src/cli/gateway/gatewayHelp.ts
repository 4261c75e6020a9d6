export const GATEWAY_HELP = `lastfix gateway: take the fixes of devices over HTTP and MQTT into a stream

Examples
  lastfix gateway --output nats://host/gps --http 8018            from programs on this machine, over HTTP
  lastfix gateway --output nats://host/gps --http 0.0.0.0:8018 --users users.txt
                                                                  from everyone who has a password
  lastfix gateway --output nats://host/gps --mqtt mqtts://broker/owntracks/+/+
                                                                  from OwnTracks
  lastfix gateway --output nats://host/gps --mqtt mqtt://broker/fleet/{device} --http 8018
                                                                  both
  curl -d '{"device_id":"7","lat":52.5,"lon":13.4,"event_time":"2021-10-23T12:30:36Z"}' http://127.0.0.1:8018/

It takes the JSON of lastfix (an object, a list, or an object a line), the JSON that Traccar forwards, the
queries of OsmAnd and Traccar Client, and OwnTracks. It recognises each by its content, at any address. The
arrival time of a fix is when the gateway receives it. A request is answered, and a message acknowledged, when
the stream has its fixes. A rejected fix is answered with its line and the reason, and is kept as well.
Metrics for Prometheus are at /metrics; /health says whether all is well.

  -o, --output URL           the stream, which is created if it does not exist: nats://USER@HOST/STREAM
  --partitions N             the partitions of a new stream (8)
  --keep-for D               how long a new stream keeps its messages (7d)

HTTP
  --http [HOST:]PORT         where to listen; on 127.0.0.1 if no host is given
  --users FILE               who may send: one NAME:PASSWORD or NAME:sha256:DIGEST a line
  --open                     let everyone send who can reach it, also from other machines
  --rate-limit N             fixes a second per device; bursts of ten seconds' worth are allowed
  --rate-limit-address N     requests a second per client address
  --max-connections N        connections at the same time (4096); one address may have a quarter of them

MQTT
  --mqtt URL                 subscribe to topics: + is any level, {device} the level that holds the id
  --mqtt-id ID               the client id, by which the broker keeps messages for this gateway while it is
                             away: keep it the same across restarts, and different for each gateway (made
                             from the names of the machine, the broker and the stream)

Fixes
  --speed-unit U             the unit into which speeds of Traccar, OsmAnd and OwnTracks are converted: km/h,
                             kn, m/s or mph (km/h); speeds in the JSON of lastfix stay as they are
  --owntracks-id PATTERN     how the id of an OwnTracks device is made ({user}/{device})
  --trust-time               take the arrival time from the JSON of lastfix if it has one, as what a replay
                             sends does; answers about such fixes are then never final
  -h, --help                 this help

LASTFIX_GATEWAY_TOKEN is a token that gives access, as Authorization: Bearer, or as the password of any user.
LASTFIX_MQTT_USER and LASTFIX_MQTT_PASSWORD are for the broker, if its URL has none; LASTFIX_NATS_USER and
LASTFIX_NATS_PASSWORD are for the stream.

Ctrl-C stops it once everything it received is in the stream, or after 10 s. Exit status: 0 ended,
1 failed, 2 wrong usage.
`;
