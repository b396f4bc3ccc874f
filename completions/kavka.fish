# Completion of kavka for fish.
function __kavka_topics
    set -l words (commandline -opc)
    set -l brokers
    if set -l index (contains -i -- -b $words)
        set brokers -b $words[(math $index + 1)]
    end
    kavka metadata --topics -q --timeout 300ms $brokers 2>/dev/null
end

complete -c kavka -f
complete -c kavka -n __fish_use_subcommand -l help -d 'the commands'
complete -c kavka -n __fish_use_subcommand -l version -d 'what is built in'
complete -c kavka -n __fish_use_subcommand -a produce -d 'Sends records from standard input or files to a topic'
complete -c kavka -n '__fish_seen_subcommand_from produce' -F
complete -c kavka -n '__fish_seen_subcommand_from produce' -s t -d 'the topic; otherwise the first operand' -r -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s p -d 'the partition of every record, or its own' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s i -l input -d 'lines, json, raw or length [lines]' -r -f -a 'lines json raw length'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s f -d 'read records by a format, such as \'%k %s\n\'' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s k -d 'the key of records without one of their own' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s K -d 'what ends the key in front of the value' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s D -d 'what ends a record [\n]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s z -d 'none, gzip, snappy, lz4 or zstd [none]' -r -f -a 'none gzip snappy lz4 zstd'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s c -d 'stop after N records' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l rate -d 'at most N records a second or minute' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s T -d 'copy the input to standard output'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s r -l report -d 'a line for each stored record' -r -f -a 'text json'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s H -d 'a header for every record; again for more' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l timestamp -d 'the time of records without one [when it was read]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s Z -d 'empty values and keys are null'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l null -d 'values and keys that are STRING are null' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l acks -d 'who must have stored a record [all]' -r -f -a 'all 1 0'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l no-idempotence -d 'without protection from duplicates'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l linger -d 'wait so long for a batch to fill [5ms]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l batch-bytes -d 'the largest batch [1MiB]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l max-record-bytes -d 'the largest record [96M]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l delivery-timeout -d 'time for a record, with retries [2m]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l partitioner -d 'murmur2, crc32, random or round-robin' -r -f -a 'murmur2 crc32 random round-robin'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l create-topic -d 'create a missing topic'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l progress -d 'tell how far it is on standard error'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from produce' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from produce' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from produce' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from produce' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a consume -d 'Writes the records of topics to standard output'
complete -c kavka -n '__fish_seen_subcommand_from consume' -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s t -d 'a topic, as the operands are' -r -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s p -d 'partitions such as 0,2,5-7 [all]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l topics-regex -d 'topics whose names RE finds' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s o -d 'where to start [beginning]' -r -f -a 'beginning end'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l until -d 'where to stop, not included' -r -f -a 'end'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s e -d 'exit when every partition was read to its end'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s c -d 'stop after N records in all' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l tail -d 'the newest N over all partitions, then exit' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l idle-timeout -d 'exit when nothing came for so long' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l filter -d 'only records that satisfy this; several are and-ed' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l order -d 'time: merge partitions by timestamp [as they come]' -r -f -a 'time'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s f -d 'the form of a record, such as \'%k %s\n\'' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s J -d 'one JSON object a line'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l output -d 'text, json, raw or length' -r -f -a 'text json raw length'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l value-json -d 'with -J: embed values that are JSON'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s D -d 'what follows a record [\n]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s K -d 'write the key too, and this after it' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s Z -d 'write null as NULL [as nothing]'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l null -d 'write null as STRING' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l isolation -d 'read_committed or read_uncommitted' -r -f -a 'read_committed read_uncommitted'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l on-reset -d 'offset out of range: fail, earliest, latest' -r -f -a 'fail earliest latest'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l skip-corrupt -d 'report and skip damaged batches'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l min-bytes -d 'a fetch waits for so much [1]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l max-bytes -d 'and returns at most about so much [50MiB]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l max-wait -d 'but waits no longer than this [500ms]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l progress -d 'tell how far it is on standard error'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from consume' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from consume' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from consume' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from consume' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a offsets -d 'Lists the earliest and latest offsets of partitions'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s G -l group -d 'what is committed for GROUP, and the lag' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l at -d 'earliest, latest, TIME, -1h, others [both ends]' -r -f -a 'earliest latest stable max-timestamp'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l before -d 'where segments older than this begin' -r -f -a 'latest earliest'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l max-offsets -d 'so many segments of each partition [1]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s n -d 'the offset of one TOPIC:PARTITION, alone'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l sum -d 'add up the partitions of each topic'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s J -d 'one JSON object a line'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -l help -d 'this text'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -a commit -d 'Sets offsets of a group in single partitions'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s G -l group -d 'the group whose offsets are set' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -l dry-run -d 'show what would be changed, and change nothing'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s J -d 'one JSON object a line'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from commit' -l help -d 'this text'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -a reset -d 'Moves a group to a place in its topics'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s G -l group -d 'the group whose offsets are set' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l to -d 'beginning, end, N, -N, +N, @TIME, -1h' -r -f -a 'beginning end'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l dry-run -d 'show what would be changed, and change nothing'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s J -d 'one JSON object a line'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from reset' -l help -d 'this text'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and not __fish_seen_subcommand_from commit reset delete' -a delete -d 'Deletes offsets of a group'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s G -l group -d 'the group whose offsets are deleted' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l yes -d 'do not ask'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l dry-run -d 'show what would be changed, and change nothing'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s J -d 'one JSON object a line'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from offsets; and __fish_seen_subcommand_from delete' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a metadata -d 'Shows the brokers, topics and partitions of a cluster'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s t -d 'only this topic; again for more' -r -f -a '(__kavka_topics)'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l brokers -d 'the addresses of the brokers only, one a line'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l topics -d 'the names of the topics only, one a line'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l api-versions -d 'what each broker speaks, and kavka with it'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l check -d 'connect to each broker and say how it went'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s J -d 'one JSON object'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s b -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from metadata' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a shell -d 'Reads commands from a prompt and runs them over one client'
complete -c kavka -n '__fish_seen_subcommand_from shell' -s b -l brokers -d 'bootstrap servers [$KAVKA_BROKERS or localhost]' -x
complete -c kavka -n '__fish_seen_subcommand_from shell' -l timeout -d 'time allowed [30s]' -x
complete -c kavka -n '__fish_seen_subcommand_from shell' -s 4 -d 'connect to IPv4 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from shell' -s 6 -d 'connect to IPv6 addresses only'
complete -c kavka -n '__fish_seen_subcommand_from shell' -l client-id -d 'name for the brokers\' logs and quotas [kavka]' -x
complete -c kavka -n '__fish_seen_subcommand_from shell' -l rack -d 'where the client is, for near replicas' -x
complete -c kavka -n '__fish_seen_subcommand_from shell' -s X -d 'a setting; -X list, -X dump show all' -r -f -a 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump'
complete -c kavka -n '__fish_seen_subcommand_from shell' -s F -l config -d 'settings from a properties file' -r -F
complete -c kavka -n '__fish_seen_subcommand_from shell' -l profile -d 'the file\'s section [profile NAME] [$KAVKA_PROFILE]' -x
complete -c kavka -n '__fish_seen_subcommand_from shell' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from shell' -s v -d 'show each retry with its cause'
complete -c kavka -n '__fish_seen_subcommand_from shell' -s d -d 'show what goes on there: protocol, all, …' -r -f -a 'conn io protocol group producer consumer all'
complete -c kavka -n '__fish_seen_subcommand_from shell' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a mock -d 'Runs a cluster in memory, to try things out and for tests'
complete -c kavka -n '__fish_seen_subcommand_from mock' -l brokers -d 'the number of brokers [1]' -x
complete -c kavka -n '__fish_seen_subcommand_from mock' -l topic -d 'a topic to begin with; again for more' -x
complete -c kavka -n '__fish_seen_subcommand_from mock' -l port -d 'the first broker\'s port [any free one]' -x
complete -c kavka -n '__fish_seen_subcommand_from mock' -s q -d 'no progress and no notes, only errors'
complete -c kavka -n '__fish_seen_subcommand_from mock' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a completion -d 'Writes the completion script for a shell'
complete -c kavka -n '__fish_seen_subcommand_from completion' -f -a 'bash zsh fish'
complete -c kavka -n '__fish_seen_subcommand_from completion' -l help -d 'this text'
complete -c kavka -n __fish_use_subcommand -a man -d 'Writes a manual page'
complete -c kavka -n '__fish_seen_subcommand_from man' -f -a 'produce consume offsets offsets-commit offsets-reset offsets-delete metadata shell mock completion man'
complete -c kavka -n '__fish_seen_subcommand_from man' -l help -d 'this text'
