use super::world::{DemoCode, World};
use crate::failure::{Failure, Outcome, sentence};
use indicatif::{ProgressBar, ProgressStyle};
use std::{io::IsTerminal, sync::atomic::Ordering};
use wx_sim::{Act, Callback, Delivery, Mode, Push};

/// How many people there are.
pub(crate) const PEOPLE: usize = 240;
/// How many days the story takes: one week in plain mode, one in safe mode.
pub(crate) const DAYS: u16 = 14;

/// What happened on the wire.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// Different pushes.
    pub(crate) pushes_sent: u64,
    /// Posts to the callback address.
    pub(crate) deliveries: u64,
    /// Answers that the platform did not hear, so that it delivered again.
    pub(crate) answers_lost: u64,
    /// Pushes that came once more although they had been answered.
    pub(crate) duplicates: u64,
    /// Pushes that were answered with a message.
    pub(crate) replies: u64,
    /// One of these messages.
    pub(crate) a_reply: Option<String>,
}

/// Lets the people live their two weeks, one act after another.
pub(crate) async fn live(world: &World, codes: &[DemoCode], show_progress: bool) -> Outcome<Tally> {
    let story = story();
    let bar = progress(story.len(), show_progress);
    let begin = world.time.load(Ordering::Relaxed);
    let mut tally = Tally::default();
    let mut day = None;
    for step in story {
        if day != Some(step.day) {
            configure(world, step.day)?;
            day = Some(step.day);
        }
        world.time.store(begin + step.seconds, Ordering::Relaxed);
        let delivery = world
            .simulator
            .act(act(&step, codes))
            .await
            .map_err(|error| Failure::failed(sentence(&error)))?;
        tally.pushes_sent += 1;
        tally.count(&delivery)?;
        if step.comes_again {
            tally.duplicates += 1;
            tally.count(&world.simulator.redeliver(&delivery.push).await)?;
        } else if let Some(reply) = delivery.reply() {
            tally.replies += 1;
            tally.a_reply.get_or_insert_with(|| content(reply));
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(tally)
}

impl Tally {
    fn count(&mut self, delivery: &Delivery) -> Outcome {
        let lost =
            delivery.attempts.iter().filter(|attempt| attempt.verdict == wx_sim::Verdict::Lost).count();
        self.answers_lost += lost as u64;
        self.deliveries += delivery.attempts.len() as u64;
        if delivery.succeeded() { Ok(()) } else { Err(refused(delivery)) }
    }
}

/// One act of one person.
struct Step {
    day: u16,
    /// Since the story began.
    seconds: i64,
    person: usize,
    deed: Deed,
    lost_answers: usize,
    comes_again: bool,
}

#[derive(Clone, Copy)]
enum Deed {
    Scan { code: usize },
    Follow,
    Unfollow,
    Say,
}

/// The same story every time: who does what and when.
fn story() -> Vec<Step> {
    let deeds: Vec<(u16, usize, Deed)> = (0..PEOPLE).flat_map(biography).collect();
    let mut steps = Vec::with_capacity(deeds.len());
    for day in 0..DAYS {
        let todays = || deeds.iter().filter(move |(on, ..)| *on == day);
        let pause = HALF_A_DAY / to_i64(todays().count().max(1));
        for (nth, (_, person, deed)) in todays().enumerate() {
            let lost_answers = match dice(steps.len(), 20, 12) {
                0 => 2,
                1 | 2 => 1,
                _ => 0,
            };
            steps.push(Step {
                day,
                seconds: i64::from(day) * 2 * HALF_A_DAY + to_i64(nth) * pause,
                person: *person,
                deed: *deed,
                lost_answers,
                comes_again: dice(steps.len(), 21, 10) == 0,
            });
        }
    }
    steps
}

/// People sleep the other half.
const HALF_A_DAY: i64 = 43_200;

/// What one person does, in order.
fn biography(person: usize) -> Vec<(u16, usize, Deed)> {
    let dice = |salt, sides| dice(person, salt, sides);
    let arrival = small(dice(1, 11));
    let favourite = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3][dice(2, 10)];
    let first = if dice(3, 8) == 0 { Deed::Follow } else { Deed::Scan { code: favourite } };
    let mut life = vec![(arrival, person, first)];
    if dice(4, 6) == 0 {
        life.push((arrival, person, Deed::Say));
    }
    if dice(5, 3) == 0 {
        life.push((arrival + 1, person, Deed::Scan { code: dice(6, 4) }));
    }
    if dice(7, 4) == 0 {
        life.push((arrival + 2, person, Deed::Unfollow));
        if dice(8, 3) == 0 {
            life.push((arrival + 3, person, Deed::Scan { code: dice(9, 4) }));
        }
    }
    life
}

fn configure(world: &World, day: u16) -> Outcome {
    let callback = if day < DAYS / 2 {
        Callback::to(&world.plain_url).mode(Mode::Plain)
    } else {
        Callback::to(&world.safe_url).mode(Mode::Safe)
    };
    world.simulator.configure(callback).map_err(|error| Failure::failed(sentence(&error)))
}

fn act(step: &Step, codes: &[DemoCode]) -> Act {
    let openid = format!("oDemo{:023}", step.person);
    let act = match step.deed {
        Deed::Scan { code } => Act::scan(openid, &codes[code].ticket),
        Deed::Follow => Act::follow(openid),
        Deed::Unfollow => Act::unfollow(openid),
        Deed::Say => Act::say(openid, "你好 [微笑] & <hello>"),
    };
    act.losing_answers(step.lost_answers)
}

/// The text of a reply, for showing it.
fn content(xml: &str) -> String {
    let text = xml.split_once("<Content><![CDATA[").and_then(|(_, rest)| rest.split_once("]]>"));
    text.map_or(xml, |(text, _)| text).to_owned()
}

fn refused(delivery: &Delivery) -> Failure {
    let Push { kind, .. } = &delivery.push;
    let verdict =
        delivery.attempts.last().map_or("not delivered".to_owned(), |attempt| attempt.verdict.to_string());
    Failure::failed(format!("the platform gave up on a {kind} push: {verdict}"))
}

fn progress(steps: usize, show: bool) -> ProgressBar {
    if !show || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("              {wide_bar} {pos}/{len} pushes");
    ProgressBar::new(steps as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A die that always falls the same way for the same person and question: a well-mixed 64-bit hash.
fn dice(person: usize, salt: u64, sides: usize) -> usize {
    let mut hash = (person as u64)
        .wrapping_mul(0x9E37_79B9_7F4A_7C15)
        .wrapping_add(salt.wrapping_mul(0xD1B5_4A32_D192_ED03));
    hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    let fallen = (hash ^ hash >> 31) % sides.max(1) as u64;
    usize::try_from(fallen).unwrap_or_default()
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or_default()
}

fn to_i64(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
