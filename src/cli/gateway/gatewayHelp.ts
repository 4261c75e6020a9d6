export const GATEWAY_HELP = `lastfix gateway: take the fixes of devices over HTTP and MQTT into a stream

Examples
  lastfix gateway --output nats://host/gps --http 8018            of programs of this machine, over HTTP
  lastfix gateway --output nats://host/gps --http 0.0.0.0:8018 --users users.txt
                                                                  of everybody who has a password
  lastfix gateway --output nats://host/gps --mqtt mqtts://broker/owntracks/+/+
                                                                  of OwnTracks
  lastfix gateway --output nats://host/gps --mqtt mqtt://broker/fleet/{device} --http 8018
                                                                  both
  curl -d '{"device_id":"7","lat":52.5,"lon":13.4,"event_time":"2021-10-23T12:30:36Z"}' http://127.0.0.1:8018/

It takes the JSON of lastfix (an object, a list, or an object a line), what Traccar forwards, the queries of
OsmAnd and Traccar Client, and OwnTracks: what something is, it says itself, whatever the address. A fix
arrives when the gateway gets it, and it is answered, or acknowledged, when the stream has it. What is no fix
is answered with its line and the reason, and is kept, too. Figures for Prometheus are at /metrics; /health
says whether all is well.

  -o, --output URL           the stream, which is made if it is not there: nats://USER@HOST/STREAM
  --partitions N             into how many parts it is divided if it is made (8)
  --keep-for D               for how long it keeps a fix if it is made (7d)

HTTP
  --http [HOST:]PORT         listen there; on 127.0.0.1 if no host is given
  --users FILE               who may send: a line NAME:PASSWORD each, or NAME:sha256:DIGEST
  --open                     let everybody send who can reach it, also from other machines
  --rate-limit N             fixes a second that one device may send, ten seconds' worth at once
  --rate-limit-address N     requests a second that one address may make
  --max-connections N        connections at the same time (4096), a quarter of them of one address

MQTT
  --mqtt URL                 take the messages of topics: + is any level, {device} the one that has its id
  --mqtt-id ID               by which the broker knows this gateway, and keeps its messages while it is away:
                             the same whenever it is started again, and no other's (made of the names of the
                             machine, the broker and the stream)

Fixes
  --speed-unit U             what the speeds of Traccar, OsmAnd and OwnTracks become: km/h, kn, m/s or mph
                             (km/h); those in the JSON of lastfix stay as they are
  --owntracks-id PATTERN     the id of a device of OwnTracks ({user}/{device})
  --trust-time               a fix in the JSON of lastfix arrived when it says so, if it does, as those that a
                             replay sends; then nothing promises that no earlier ones will come
  -h, --help                 this help

LASTFIX_GATEWAY_TOKEN is a token that lets in whoever has it: as Authorization: Bearer, or as the password of
any user. LASTFIX_MQTT_USER and LASTFIX_MQTT_PASSWORD are for the broker, if its URL has none,
LASTFIX_NATS_USER and LASTFIX_NATS_PASSWORD for the stream.

Ctrl-C ends it when what it has is in the stream, or after 10 s. Exit status: 0 ended, 1 failed, 2 wrong
usage.
`;
