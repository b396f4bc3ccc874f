import KafkaProtocol

/// Gives idempotent producers their ids. Transactional ones get an id that fences those before; there are no
/// transactions.
enum InitProducerIDHandler: Handler {
  static let versions: ClosedRange<Int16> = 0...5

  static func handle(
    _ request: InitProducerIdRequest, _ context: RequestContext, in state: inout ClusterState
  ) -> Outcome<InitProducerIdResponse> {
    if let code = context.anyError {
      return .answer(InitProducerIdResponse(errorCode: code, producerId: -1, producerEpoch: -1))
    }
    if request.transactionalId == "" {
      return .answer(InitProducerIdResponse(errorCode: .invalidRequest, producerId: -1, producerEpoch: -1))
    }
    let producer = request.transactionalId.map { state.producer(transactionalID: $0) } ?? state.newProducer()
    return .answer(InitProducerIdResponse(producerId: producer.id, producerEpoch: producer.epoch))
  }
}
