# Completion of kavka for bash.
_kavka_topics() {
  local index brokers=()
  for ((index = 2; index < COMP_CWORD - 1; index++)); do
    [[ ${COMP_WORDS[index]} == -b ]] && brokers=(-b "${COMP_WORDS[index + 1]}")
  done
  kavka metadata --topics -q --timeout 300ms "${brokers[@]}" 2>/dev/null
}

_kavka() {
  local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W 'produce consume offsets metadata shell mock completion man --help --version' -- "$word"))
    return
  fi
  local command=${COMP_WORDS[1]}
  if ((COMP_CWORD > 2)); then
    case "$command ${COMP_WORDS[2]}" in
      'offsets commit'|'offsets reset'|'offsets delete') command+=" ${COMP_WORDS[2]}" ;;
    esac
  fi
  case $command in
    'produce')
      case $previous in
          -t) COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word")); return ;;
          -p) :; return ;;
          -i|--input) COMPREPLY=($(compgen -W 'lines json raw length' -- "$word")); return ;;
          -f) :; return ;;
          -k) :; return ;;
          -K) :; return ;;
          -D) :; return ;;
          -z) COMPREPLY=($(compgen -W 'none gzip snappy lz4 zstd' -- "$word")); return ;;
          -c) :; return ;;
          --rate) :; return ;;
          -r|--report) COMPREPLY=($(compgen -W 'text json' -- "$word")); return ;;
          -H) :; return ;;
          --timestamp) :; return ;;
          --null) :; return ;;
          --acks) COMPREPLY=($(compgen -W 'all 1 0' -- "$word")); return ;;
          --linger) :; return ;;
          --batch-bytes) :; return ;;
          --max-record-bytes) :; return ;;
          --delivery-timeout) :; return ;;
          --partitioner) COMPREPLY=($(compgen -W 'murmur2 crc32 random round-robin' -- "$word")); return ;;
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-t -p -i --input -f -k -K -D -z -c --rate -T -r --report -H --timestamp -Z --null --acks --no-idempotence --linger --batch-bytes --max-record-bytes --delivery-timeout --partitioner --create-topic --progress -b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames
      fi
      ;;
    'consume')
      case $previous in
          -t) COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word")); return ;;
          -p) :; return ;;
          --topics-regex) :; return ;;
          -o) COMPREPLY=($(compgen -W 'beginning end' -- "$word")); return ;;
          --until) COMPREPLY=($(compgen -W 'end' -- "$word")); return ;;
          -c) :; return ;;
          --tail) :; return ;;
          --idle-timeout) :; return ;;
          --filter) :; return ;;
          --order) COMPREPLY=($(compgen -W 'time' -- "$word")); return ;;
          -f) :; return ;;
          --output) COMPREPLY=($(compgen -W 'text json raw length' -- "$word")); return ;;
          -D) :; return ;;
          -K) :; return ;;
          --null) :; return ;;
          --isolation) COMPREPLY=($(compgen -W 'read_committed read_uncommitted' -- "$word")); return ;;
          --on-reset) COMPREPLY=($(compgen -W 'fail earliest latest' -- "$word")); return ;;
          --min-bytes) :; return ;;
          --max-bytes) :; return ;;
          --max-wait) :; return ;;
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-t -p --topics-regex -o --until -e -c --tail --idle-timeout --filter --order -f -J --output --value-json -D -K -Z --null --isolation --on-reset --skip-corrupt --min-bytes --max-bytes --max-wait --progress -b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word"))
      fi
      ;;
    'offsets')
      case $previous in
          -G|--group) :; return ;;
          --at) COMPREPLY=($(compgen -W 'earliest latest stable max-timestamp' -- "$word")); return ;;
          --before) COMPREPLY=($(compgen -W 'latest earliest' -- "$word")); return ;;
          --max-offsets) :; return ;;
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-G --group --at --before --max-offsets -n --sum -J -b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word"))
        ((COMP_CWORD == 2)) && COMPREPLY+=($(compgen -W 'commit reset delete' -- "$word"))
      fi
      ;;
    'offsets commit')
      case $previous in
          -G|--group) :; return ;;
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-G --group --dry-run -J -b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word"))
      fi
      ;;
    'offsets reset')
      case $previous in
          -G|--group) :; return ;;
          --to) COMPREPLY=($(compgen -W 'beginning end' -- "$word")); return ;;
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-G --group --to --dry-run -J -b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word"))
      fi
      ;;
    'offsets delete')
      case $previous in
          -G|--group) :; return ;;
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-G --group --yes --dry-run -J -b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word"))
      fi
      ;;
    'metadata')
      case $previous in
          -t) COMPREPLY=($(compgen -W "$(_kavka_topics)" -- "$word")); return ;;
          -b) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-t --brokers --topics --api-versions --check -J -b --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        :
      fi
      ;;
    'shell')
      case $previous in
          -b|--brokers) :; return ;;
          --timeout) :; return ;;
          --client-id) :; return ;;
          --rack) :; return ;;
          -X) COMPREPLY=($(compgen -W 'bootstrap.servers client.id client.rack broker.address.family socket.timeout.ms default.api.timeout.ms socket.connection.setup.timeout.ms retry.backoff.ms retry.backoff.max.ms reconnect.backoff.ms reconnect.backoff.max.ms topic.metadata.refresh.interval.ms receive.message.max.bytes api.version.request readonly request.required.acks enable.idempotence linger.ms batch.size message.max.bytes message.timeout.ms compression.codec compression.level compression.gzip.level compression.lz4.level compression.zstd.level partitioner max.in.flight.requests.per.connection buffer.memory fetch.min.bytes fetch.max.bytes fetch.message.max.bytes fetch.wait.max.ms isolation.level auto.offset.reset queued.max.messages.kbytes list dump' -- "$word")); return ;;
          -F|--config) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames; return ;;
          --profile) :; return ;;
          -d) COMPREPLY=($(compgen -W 'conn io protocol group producer consumer all' -- "$word")); return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '-b --brokers --timeout -4 -6 --client-id --rack -X -F --config --profile -q -v -d --help' -- "$word"))
      else
        :
      fi
      ;;
    'mock')
      case $previous in
          --brokers) :; return ;;
          --topic) :; return ;;
          --port) :; return ;;
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '--brokers --topic --port -q --help' -- "$word"))
      else
        :
      fi
      ;;
    'completion')
      case $previous in
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '--help' -- "$word"))
      else
        COMPREPLY=($(compgen -W 'bash zsh fish' -- "$word"))
      fi
      ;;
    'man')
      case $previous in
      esac
      if [[ $word == -* ]]; then
        COMPREPLY=($(compgen -W '--help' -- "$word"))
      else
        COMPREPLY=($(compgen -W 'produce consume offsets offsets-commit offsets-reset offsets-delete metadata shell mock completion man' -- "$word"))
      fi
      ;;
  esac
}

complete -F _kavka kavka
