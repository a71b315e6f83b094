use crate::grey::Grey;
use std::{collections::HashMap, path::Path, process::Command};

/// What zbar reads in each of the pictures, in one start of the program.
pub(crate) fn by_zbar(pictures: &[Grey]) -> Vec<Option<String>> {
    let folder = tempfile::tempdir().unwrap();
    let file = |number: usize| folder.path().join(format!("{number}.pgm"));
    let files: Vec<_> = (0..pictures.len()).map(file).collect();
    for (picture, file) in pictures.iter().zip(&files) {
        picture.write(file);
    }
    let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let said = zbarimg("--xml", &files);
    let symbols = symbols(&said);
    let text = |file: &&Path| {
        let symbol = symbols.get(&*file.to_string_lossy())?;
        // It spoils characters beyond ASCII in XML, so the one picture is read again.
        let is_spoiled = symbol.contains("<data format='base64'");
        Some(if is_spoiled {
            zbarimg("--raw", &[file]).trim_end_matches('\n').to_owned()
        } else {
            between(symbol, "<![CDATA[", "]]>")?.to_owned()
        })
    };
    files.iter().map(text).collect()
}

fn zbarimg(output: &str, files: &[&Path]) -> String {
    let mut command = Command::new("zbarimg");
    command.args(["--quiet", "--nodbus", output, "-Sdisable", "-Sqrcode.enable"]).args(files);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// What is said about each file in which something was found.
fn symbols(xml: &str) -> HashMap<&str, &str> {
    xml.split("<source href='").skip(1).filter_map(|source| source.split_once('\'')).collect()
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> Option<&'a str> {
    Some(text.split_once(from)?.1.split_once(to)?.0)
}
