import Diagnostics
import Reading
import Yams

/// Finds and loads profiles by name, each once for a scenario.
final class ProfileLibrary {
  private let files: [String: String]
  private let read: (String) throws -> String
  /// nil: its findings are reported already.
  private var loaded: [String: Profile?] = [:]

  init(files: [String: String], read: @escaping (String) throws -> String) {
    self.files = files
    self.read = read
  }

  /// The profile that `node` names; findings in the profile's own file are reported as the scenario's.
  func profile(_ node: Node, _ reader: YAMLReader) -> Profile? {
    guard let name = reader.text(node, "`profile`") else { return nil }
    if let profile = loaded[name] { return profile }
    guard let file = files[name] else {
      reader.report("there is no profile `\(name)`", at: node, advice: suggestion(for: name, in: files.keys))
      return nil
    }
    guard let text = try? read(file) else {
      reader.report("the profile \(file) cannot be read", at: node)
      return nil
    }
    let inner = YAMLReader(file: file)
    let profile = inner.compose(text).flatMap(ProfileDecoder(reader: inner).profile)
    for finding in inner.findings {
      reader.report(
        finding.message, at: finding.place ?? reader.place(of: node), length: finding.length, advice: finding.advice)
    }
    loaded[name] = profile
    return profile
  }
}
