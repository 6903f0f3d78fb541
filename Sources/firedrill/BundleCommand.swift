import ArgumentParser
import Bundles
import Diagnostics
import Foundation

/// `firedrill bundle`.
struct BundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "Look at artefacts as Firedrill reads them.", subcommands: [Render.self])

  /// `firedrill bundle render`.
  struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "render", abstract: "Print the rules of a bundle as Prometheus is given them.",
      discussion: """
        Templates (x-inputs) are filled in, and PrometheusRule objects become rule files. Rules of several files are printed one file after
        the other, as YAML documents.

        EXAMPLES:
          firedrill bundle render alerts.yaml --input namespace=zenko --output alerts.rendered.yaml
          firedrill bundle render alerts.yaml --input namespace=zenko | promtool check rules /dev/stdin
        """)

    @Argument(help: "A rule file, a template of one, or a bundle.", completion: .file())
    var path: String

    @Option(help: "A value for an input of the templates, NAME=VALUE.")
    var input: [String] = []

    @Option(help: "Write to this file (default: standard output).")
    var output = "-"

    func validate() throws { _ = try assignments(input) }

    func run() throws {
      let bundle = try load()
      guard !bundle.ruleFiles.isEmpty else {
        printError("`\(path)` holds no rules")
        throw ExitStatus.unusable
      }
      try write(report: bundle.ruleFiles.map(\.rendered).joined(separator: "---\n"), to: output)
    }

    private func load() throws -> Bundles.Bundle {
      let place = Place(file: "--input", line: 1, column: 1)
      let inputs = try assignments(input).compactMapValues(\.last).mapValues { Located($0, at: place) }
      do throws(Findings) { return try BundleLoader(inputs: inputs).load(path) } catch {
        show(error.all)
        throw ExitStatus.unusable
      }
    }
  }
}
