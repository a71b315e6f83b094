//! Patterns against naive models of themselves.

use insta::assert_snapshot;
use proptest::prelude::*;
use std::error::Error;
use wx_events::Pattern;

/// Texts over few letters, so that patterns often match: with signs of globs and of regular expressions.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select("ab海.*?\\\n".chars().collect::<Vec<_>>()), 0..9)
        .prop_map(String::from_iter)
}

/// One sign of a glob.
#[derive(Debug, Clone)]
enum Sign {
    Any,
    One,
    Literal(char),
}

fn signs() -> impl Strategy<Value = Vec<Sign>> {
    let literal = proptest::sample::select("ab海.*?\\\n".chars().collect::<Vec<_>>()).prop_map(Sign::Literal);
    let sign = prop_oneof![2 => Just(Sign::Any), 2 => Just(Sign::One), 4 => literal];
    proptest::collection::vec(sign, 0..7)
}

fn written(signs: &[Sign]) -> String {
    let sign = |sign: &Sign| match sign {
        Sign::Any => "*".to_owned(),
        Sign::One => "?".to_owned(),
        Sign::Literal(c @ ('*' | '?' | '\\')) => format!("\\{c}"),
        Sign::Literal(c) => c.to_string(),
    };
    signs.iter().map(sign).collect()
}

/// What a glob means, tried out in every way.
fn is_like(signs: &[Sign], text: &[char]) -> bool {
    match (signs, text) {
        ([], []) => true,
        ([Sign::Any, rest @ ..], _) => (0..=text.len()).any(|taken| is_like(rest, &text[taken..])),
        ([Sign::One, rest @ ..], [_, left @ ..]) => is_like(rest, left),
        ([Sign::Literal(c), rest @ ..], [first, left @ ..]) => c == first && is_like(rest, left),
        _ => false,
    }
}

/// The text as a regular expression that means it, without the escaping of any library.
fn spelled(text: &str) -> String {
    text.chars().fold(String::new(), |spelled, c| format!(r"{spelled}\x{{{:x}}}", u32::from(c)))
}

proptest! {
    #[test]
    fn a_glob_means_what_its_signs_mean(signs in signs(), text in text()) {
        let pattern = Pattern::glob(&written(&signs)).unwrap();
        let characters: Vec<char> = text.chars().collect();
        prop_assert_eq!(pattern.matches(&text), is_like(&signs, &characters), "{} on {:?}", pattern, text);
    }

    #[test]
    fn a_glob_matches_what_was_made_from_it(signs in signs(), fill in text(), one: char) {
        let sign = |sign: &Sign| match sign {
            Sign::Any => fill.clone(),
            Sign::One => one.to_string(),
            Sign::Literal(c) => c.to_string(),
        };
        let text: String = signs.iter().map(sign).collect();
        prop_assert!(Pattern::glob(&written(&signs)).unwrap().matches(&text));
    }

    #[test]
    fn prefix_and_exact_mean_what_their_regular_expressions_mean(pattern in text(), rest in text(), other in text()) {
        let prefix = Pattern::regex(&format!("^{}", spelled(&pattern))).unwrap();
        let exact = Pattern::regex(&format!("^{}$", spelled(&pattern))).unwrap();
        let part = Pattern::regex(&spelled(&pattern)).unwrap();
        for text in [format!("{pattern}{rest}"), format!("{other}{pattern}{rest}"), other, pattern.clone()] {
            prop_assert_eq!(Pattern::prefix(pattern.as_str()).matches(&text), prefix.matches(&text));
            prop_assert_eq!(Pattern::exact(pattern.as_str()).matches(&text), exact.matches(&text));
            prop_assert_eq!(text.contains(&pattern), part.matches(&text));
            prop_assert_eq!(text.starts_with(&pattern), prefix.matches(&text));
            prop_assert_eq!(text == pattern, exact.matches(&text));
        }
    }

    #[test]
    fn any_text_is_a_pattern_or_a_clear_error(text in any::<String>(), on in any::<String>()) {
        for pattern in [Pattern::glob(&text), Pattern::regex(&text)] {
            match pattern {
                Ok(pattern) => { pattern.matches(&on); }
                Err(error) => prop_assert!(!error.to_string().is_empty()),
            }
        }
    }
}

#[test]
fn what_is_wrong_with_a_pattern_is_said() {
    assert_snapshot!(Pattern::glob(r"a\\b\").unwrap_err(), @r#"the glob "a\\b\" ends with a \ that has nothing to escape; write \\ for one"#);
    assert_snapshot!(Pattern::glob(&"?".repeat(100_000)).unwrap_err(), @"the glob of 100000 bytes is too long; use a shorter one");
    assert_snapshot!(Pattern::regex("shop-(").unwrap_err(), @r#"the regex "shop-(" is not valid: unclosed group"#);
    assert_snapshot!(Pattern::regex("shop-(").unwrap_err().source().unwrap(), @r"
    regex parse error:
        shop-(
             ^
    error: unclosed group
    ");
    assert_snapshot!(Pattern::regex(r"(.{1000}){1000}").unwrap_err(), @"the regex takes more than 1048576 bytes when compiled; use smaller repetitions");
    assert_snapshot!(Pattern::regex(r"(a)\1").unwrap_err(), @r#"the regex "(a)\1" is not valid: backreferences are not supported"#);
    assert!(Pattern::glob(r"a\").unwrap_err().source().is_none());
}

#[test]
fn patterns_describe_themselves_as_they_were_typed() {
    assert_eq!(
        Pattern::regex("(?x) ^a\\d # a comment\n").unwrap().to_string(),
        r#"regex "(?x) ^a\d # a comment\n""#
    );
    assert_eq!(Pattern::glob(r"50\*-?").unwrap().to_string(), r#"glob "50\*-?""#);
    assert_eq!(Pattern::prefix("a\n\"").to_string(), r#"prefix "a\n\"""#);
    assert_eq!(Pattern::from("x".to_owned()).to_string(), "\"x\"");
}

#[test]
fn classes_of_letters_know_chinese() {
    assert!(Pattern::regex(r"^\p{Han}+$").unwrap().matches("上海"));
    assert!(Pattern::regex(r"^\w+-\d+$").unwrap().matches("上海-042"));
    assert!(Pattern::regex(r"(?i)^shop$").unwrap().matches("SHOP"));
}
