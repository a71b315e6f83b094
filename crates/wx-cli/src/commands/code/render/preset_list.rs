use crate::{commands::Context, print};
use wx_render::Style;

/// Prints the presets, each with what it is for.
pub(super) fn print(context: &Context) {
    let file = |name: &str| Style::preset_file(name).unwrap_or_default();
    let about =
        |name: &str| file(name).lines().next().unwrap_or_default().trim_start_matches("# ").to_owned();
    if context.json {
        let presets = Style::PRESETS.iter();
        let presets: Vec<_> = presets
            .map(|name| serde_json::json!({ "name": name, "about": about(name), "style": file(name) }))
            .collect();
        print::json(&presets);
    } else {
        let rows: Vec<_> = Style::PRESETS.iter().map(|name| vec![(*name).to_owned(), about(name)]).collect();
        print::line(&print::table(&["preset", "what it is"], &rows));
    }
}
