import Buffers
import KafkaCLI

/// Stages that begin with the reader of a form of input.
enum InputStage {
  /// What becomes of the records that are read.
  enum Use {
    case read, append
  }

  private static let limit = 1 << 24

  static func prepared(_ block: Bytes, _ input: RecordInput, _ use: Use) -> any Stage {
    switch input {
    case .lines(let rules, let delimiter): stage(LineReader(rules, delimiter: delimiter, limit: limit), block, use)
    case .raw(let rules): stage(RawReader(rules, limit: limit), block, use)
    case .length(let hasKeys, let key):
      stage(LengthReader(hasKeys: hasKeys, defaultKey: key, limit: limit), block, use)
    case .format(let format, let rules): stage(FormatReader(format, rules: rules, limit: limit), block, use)
    case .json(let key): stage(JSONReader(defaultKey: key, limit: limit), block, use)
    }
  }

  private static func stage<Reader: InputRecordReader & ~Copyable>(
    _ reader: consuming Reader, _ block: Bytes, _ use: Use
  ) -> any Stage {
    let state = InputState(reader: reader, block: block)
    return switch use {
    case .read: PreparedStage(state: state) { state in try state.readAll() }
    case .append: PreparedStage(state: state) { state in try state.appendAll() }
    }
  }
}
