/// What is wrong with the bytes of a record set.
@usableFromInline
package enum RecordError: Error, Equatable, Sendable {
  /// A magic byte that names no known format.
  case unknownFormat(magic: Int8)
  /// A batch or message whose length cannot hold its fixed fields, or exceeds what any length may be.
  case badBatchLength(Int32)
  /// A last offset before the first, or past the highest number.
  case badOffsets(base: Int64, lastDelta: Int64)
  /// A record whose offset, counted from the batch's first, is not above that of the record before it, or is behind the
  /// batch's last.
  case badOffsetDelta(Int)
  /// A codec number that names no known codec.
  case unknownCodec(Int8)
  /// A codec that the format does not have.
  case codecNotAllowed(CompressionCodec, RecordFormat)
  case checksumMismatch(stored: UInt32, computed: UInt32)
  /// A count of records that is negative or that the bytes do not hold.
  case badRecordCount(Int)
  /// A record that says it is longer than what is left of its batch, or shorter than its fixed fields.
  case badRecordLength(Int)
  /// A key, value or header that says it is longer than what is left of its record.
  case fieldPastEnd
  /// A field length below -1, which is null.
  case badFieldLength(Int)
  /// A count of headers that is negative or that the record does not hold.
  case badHeaderCount(Int)
  case varintTooLong
  case bytesAfterRecord(Int)
  case bytesAfterLastRecord(Int)
  /// A compressed message inside a compressed message.
  case nestedCompression
  /// A compressed message with nothing in it.
  case emptyCompressedSet
  /// A message of another format inside a compressed message.
  case mixedFormats
  /// Compressed bytes that end before their stream does.
  case streamCutShort(CompressionCodec)
  /// Compressed bytes that are not a stream of their codec; in the codec's words why.
  case streamDamaged(CompressionCodec, String)
  /// There is no memory for decompressing, which says nothing about the bytes.
  case noMemory(CompressionCodec)
  /// Records that are larger than allowed once decompressed.
  case tooLarge(limit: Int)
}

extension RecordError: CustomStringConvertible {
  @usableFromInline
  package var description: String {
    switch self {
    case .unknownFormat(let magic): "record format \(magic) is not known"
    case .badBatchLength(let length): "a batch has the impossible length \(length)"
    case .badOffsets(let base, let delta): "a batch has the impossible offsets \(base) and \(delta) from there"
    case .badOffsetDelta(let delta): "a record is \(delta) offsets behind the first, where none can be"
    case .unknownCodec(let number): "compression codec \(number) is not known"
    case .codecNotAllowed(let codec, let format):
      "compression codec \(codec.name) is not allowed in record format \(format.rawValue)"
    case .checksumMismatch(let stored, let computed):
      "a checksum is \(String(stored, radix: 16)) but the bytes have \(String(computed, radix: 16))"
    case .badRecordCount(let count): "a batch does not hold the \(count) records it claims"
    case .badRecordLength(let length): "a record has the impossible length \(length)"
    case .fieldPastEnd: "a field runs past the end of its record"
    case .badFieldLength(let length): "a field has the impossible length \(length)"
    case .badHeaderCount(let count): "a record does not hold the \(count) headers it claims"
    case .varintTooLong: "a variable-length number is too long"
    case .bytesAfterRecord(let count): "a record has \(Self.bytes(count)) after its last field"
    case .bytesAfterLastRecord(let count): "a batch has \(Self.bytes(count)) after its last record"
    case .nestedCompression: "a compressed message is inside a compressed message"
    case .emptyCompressedSet: "a compressed message is empty"
    case .mixedFormats: "a message of another format is inside a compressed message"
    case .streamCutShort(let codec): "the \(codec.name) stream ends too early"
    case .streamDamaged(let codec, let why): "the \(codec.name) stream is damaged: \(why)"
    case .noMemory(let codec): "there is no memory for decompressing \(codec.name)"
    case .tooLarge(let limit): "the records of a batch take more than \(limit) bytes when decompressed"
    }
  }

  private static func bytes(_ count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }
}
