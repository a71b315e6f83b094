use super::{ArtError, preset::meant};
use toml::de::Error;

/// What is wrong in a style file: the line, the key, and what it takes; for an unknown key, the one that may be meant.
pub(super) fn of(error: &Error, text: &str) -> ArtError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let message: String = error.message().trim_end().chars().take(200).collect();
    let reason = unknown(&message).or_else(|| wrong_value(text, line, &message)).unwrap_or(message);
    ArtError::Style { line, reason }
}

fn unknown(message: &str) -> Option<String> {
    let named = |start: &str| message.strip_prefix(start)?.split_once("`, expected ");
    let (name, known) = named("unknown field `").or_else(|| named("unknown variant `"))?;
    let known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    let wanted = match meant(name, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("there are {}", known.join(", ")),
    };
    Some(format!("`{name}` is unknown; {wanted}"))
}

fn wrong_value(text: &str, line: usize, message: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(line).map(str::trim).collect();
    let (key, value) = lines.last()?.split_once('=')?;
    let table = lines.iter().rev().find(|line| line.starts_with('[')).copied();
    let table = table.unwrap_or_default().split(['[', ']']).find(|name| !name.is_empty()).unwrap_or_default();
    let (key, value) = (key.trim(), value.split('#').next()?.trim());
    let says_type = ["invalid type", "invalid value", "wanted string", "out of range"];
    if !says_type.iter().any(|start| message.starts_with(start)) {
        return None;
    }
    let value: String = value.chars().take(32).collect();
    Some(format!("`{key}` cannot be {value}; it is {}", takes(table.trim(), key)?))
}

/// What the keys take whose values have a type that can be mistaken.
fn takes(table: &str, key: &str) -> Option<&'static str> {
    Some(match (table, key) {
        ("", "preset") => "the name of a preset in quotes",
        ("", "level") => "\"L\", \"M\", \"Q\" or \"H\"",
        ("", "quiet_zone") => "a whole number of modules, 2 to 255",
        ("", "size") => "a text like \"430px\", \"40mm\" or \"8px/module\"",
        ("", "dpi") => "a whole number of pixels per inch, 1 to 9600",
        ("", "colors" | "modules" | "eyes" | "logo" | "frame" | "caption" | "poster") => {
            "a table, its name in brackets on a line of its own"
        }
        ("colors", "angle") => "a number of degrees, -360 to 360",
        ("logo" | "caption", "size") => "a number in percent",
        ("logo", "margin") | ("frame", "width" | "radius") => "a number of modules",
        ("logo", "round") | ("caption", "above") => "true or false",
        ("poster" | "poster.text", "x" | "y" | "size" | "width") => {
            "a text like \"120px\", \"30mm\" or \"40%\""
        }
        ("modules", "shape") => "\"square\", \"dot\", \"rounded\" or \"connected\"",
        ("eyes", "frame" | "ball") => "\"square\", \"rounded\", \"circle\" or \"leaf\"",
        (_, "dark" | "dark_to" | "light" | "color" | "frame_color" | "ball_color") => {
            "a colour like \"#1a2b3c\""
        }
        ("logo", "file") | ("poster", "background") | (_, "font_file") => "the name of a file in quotes",
        (_, "text" | "font" | "kind" | "align" | "gradient") => "a text in quotes",
        _ => return None,
    })
}
