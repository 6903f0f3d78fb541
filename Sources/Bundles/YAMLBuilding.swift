import Yams

// YAML trees in as few words as they have parts. (Yams' own `Node(_:)` throws for what cannot be represented, which these cannot be.)

/// A text; quoted where it could be taken for something else.
func yaml(_ text: String) -> Node { .scalar(Node.Scalar(text)) }

/// A text that stays one, whatever it looks like.
func yaml(quoted text: String) -> Node { .scalar(Node.Scalar(text, Tag(.str), .doubleQuoted)) }

/// A list.
func yaml(_ items: [Node]) -> Node { .sequence(Node.Sequence(items)) }

/// A mapping in the given order.
func yaml(_ fields: [(String, Node)]) -> Node { .mapping(Node.Mapping(fields.map { (yaml($0.0), $0.1) })) }

/// The document as text, long lines left whole.
func text(of document: Node) -> String { (try? Yams.serialize(node: document, width: -1, allowUnicode: true)) ?? "" }
