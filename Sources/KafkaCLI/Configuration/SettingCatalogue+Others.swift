extension SettingCatalogue {
  /// What other clients can be told, and here is always so.
  static let fixed: [Setting] = [
    .always("client.dns.lookup", ["use_all_dns_ips", "default"], "all addresses of a host are tried"),
    .always("statistics.interval.ms", ["0"], "there are no statistics"),
    .always(
      "metadata.recovery.strategy", ["rebootstrap", "none"], "the bootstrap servers are asked when no other answers"),
    .always("interceptor.classes", [""], "there are no interceptors"),
    .always("check.crcs", ["true", "1"], "checksums are always verified"),
    .always("allow.auto.create.topics", ["false", "0"], "reading never creates a topic"),
    .always("message.send.max.retries", also: ["retries"], ["2147483647"], "retries end with message.timeout.ms"),
    .always("queuing.strategy", ["fifo"], "records of a partition are sent in order"),
    .always("enable.gapless.guarantee", ["false", "0"], "records that follow one that failed are sent"),
    .always("delivery.report.only.error", ["false", "0"], "-r says what is reported"),
    .always("partitioner.ignore.keys", ["false", "0"], "--partitioner random goes by no key"),
    .always("key.serializer", serializers, bytesAsTheyAre),
    .always("value.serializer", serializers, bytesAsTheyAre),
    .always("key.deserializer", deserializers, bytesAsTheyAre),
    .always("value.deserializer", deserializers, bytesAsTheyAre),
  ]

  private static let bytesAsTheyAre = "bytes stay as they are"
  private static let formsOfBytes = ["String", "ByteArray", "ByteBuffer", "Bytes"]
  private static let serializers = formsOfBytes.map { "org.apache.kafka.common.serialization.\($0)Serializer" }
  private static let deserializers = formsOfBytes.map { "org.apache.kafka.common.serialization.\($0)Deserializer" }

  /// What is about authentication and encryption; other names that begin like these are too.
  static let security: [Setting] = [
    .security("security.protocol", values: "plaintext"),
    .security("sasl.mechanism"), .security("sasl.mechanisms"), .security("sasl.username"),
    .security("sasl.password"), .security("sasl.jaas.config"), .security("sasl.login.callback.handler.class"),
    .security("sasl.client.callback.handler.class"), .security("sasl.kerberos.service.name"),
    .security("sasl.oauthbearer.config"), .security("sasl.oauthbearer.token.endpoint.url"),
    .security("ssl.ca.location"), .security("ssl.certificate.location"), .security("ssl.key.location"),
    .security("ssl.key.password"), .security("ssl.keystore.location"), .security("ssl.keystore.password"),
    .security("ssl.keystore.type"), .security("ssl.truststore.location"), .security("ssl.truststore.password"),
    .security("ssl.truststore.type"), .security("ssl.endpoint.identification.algorithm"),
    .security("ssl.protocol"), .security("ssl.enabled.protocols"), .security("ssl.cipher.suites"),
    .security("enable.ssl.certificate.verification"),
  ]

  /// What nobody sees: sizes of buffers, and the inner workings of other clients.
  static let withoutEffect: [Setting] = namesWithoutEffect.flatMap { reason, names in
    names.map { Setting.withoutEffect($0, reason) }
  }

  private static let namesWithoutEffect: [(reason: String, names: [String])] = [
    (
      "sockets are set up in one way",
      [
        "socket.send.buffer.bytes", "send.buffer.bytes", "socket.receive.buffer.bytes", "receive.buffer.bytes",
        "socket.keepalive.enable", "socket.nagle.disable", "socket.max.fails", "connections.max.idle.ms",
        "socket.connection.setup.timeout.max.ms", "reconnect.backoff.jitter.ms",
      ]
    ),
    (
      "brokers that cannot be asked are recognised by how they behave",
      [
        "broker.version.fallback", "api.version.fallback.ms", "api.version.request.timeout.ms",
      ]
    ),
    (
      "metadata is fetched again when it is needed",
      [
        "topic.metadata.refresh.fast.interval.ms", "topic.metadata.refresh.sparse", "topic.metadata.propagation.max.ms",
        "metadata.max.idle.ms", "metadata.recovery.rebootstrap.trigger.ms", "broker.address.ttl",
      ]
    ),
    (
      "messages and metrics of other clients",
      [
        "log.connection.close", "log.queue", "log.thread.name", "metric.reporters", "metrics.num.samples",
        "metrics.recording.level", "metrics.sample.window.ms", "auto.include.jmx.reporter", "enable.metrics.push",
        "builtin.features", "client.software.name",
      ]
    ),
    (
      "batches are made in one way",
      [
        "batch.num.messages", "queue.buffering.max.messages", "queue.buffering.backpressure.threshold",
        "sticky.partitioning.linger.ms", "partitioner.adaptive.partitioning.enable",
        "partitioner.availability.timeout.ms", "message.copy.max.bytes", "produce.offset.report",
        "transaction.timeout.ms",
      ]
    ),
    (
      "records are fetched in one way",
      [
        "queued.min.messages", "fetch.error.backoff.ms", "fetch.queue.backoff.ms", "consume.callback.max.messages",
        "enable.partition.eof", "max.poll.records",
      ]
    ),
    (
      "consume is in no group",
      [
        "group.instance.id", "session.timeout.ms", "heartbeat.interval.ms", "max.poll.interval.ms",
        "enable.auto.commit", "auto.commit.interval.ms", "auto.commit.enable", "enable.auto.offset.store",
        "partition.assignment.strategy", "group.protocol", "group.protocol.type", "group.remote.assignor",
        "coordinator.query.interval.ms", "exclude.internal.topics", "offset.store.method",
      ]
    ),
  ]

  static let refused: [Setting] = [
    .refused("group.id", by: ["consume"], "consume is in no group; partitions and offsets are given by -p and -o"),
    .refused("transactional.id", by: ["produce"], "produce has no transactions"),
    .refused("max.block.ms", by: ["produce"], "--timeout says how long requests may take"),
    .refused("log_level", "-q, -v and -d say how much is told"),
    .refused("debug", "-d says how much is told"),
    .refused("topic.blacklist", "name the topics instead"),
    .refused("plugin.library.paths", "there are no plug-ins"),
    .refused("bootstrap.controllers", "brokers are named by bootstrap.servers"),
    .refused("test.mock.num.brokers", "kavka mock runs a cluster in memory"),
  ]
}
