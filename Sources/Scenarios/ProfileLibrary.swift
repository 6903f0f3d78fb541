import Diagnostics
import Reading
import Yams

/// Finds and loads profiles by name, each once for a scenario.
final class ProfileLibrary {
  private let folders: [String]
  private let read: (String) throws -> String
  private var loaded: [String: Profile] = [:]

  init(folders: [String], read: @escaping (String) throws -> String) {
    self.folders = folders
    self.read = read
  }

  /// The profile that `node` names; findings in the profile's own file are reported as the scenario's.
  func profile(_ node: Node, _ reader: YAMLReader) -> Profile? {
    guard let name = reader.text(node, "`profile`") else { return nil }
    if let profile = loaded[name] { return profile }
    guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }) else {
      reader.report("`\(name)` is no name of a profile", at: node)
      return nil
    }
    for folder in folders {
      let file = "\(folder)/\(name).yaml"
      guard let text = try? read(file) else { continue }
      let inner = YAMLReader(file: file)
      let profile = inner.compose(text).flatMap(ProfileDecoder(reader: inner).profile)
      for finding in inner.findings { reader.report(finding.message, at: finding.place ?? reader.place(of: node), length: finding.length, advice: finding.advice) }
      loaded[name] = profile
      return profile
    }
    reader.report("there is no profile `\(name)`", at: node, advice: "looked for \(name).yaml in \(folders.joined(separator: ", "))")
    return nil
  }
}
