//! The laws of the fuzz targets, for the inputs that they start from. `cargo xtask fuzz` finds more.

use std::fs;
use wx_fuzz::{TARGETS, files, heavy, seeds};

#[test]
fn every_seed_keeps_the_laws_of_its_target() {
    for (name, target) in TARGETS {
        let [own, samples] = seeds(name).map(|folder| files(&folder).unwrap());
        assert!(own.len() > 5 && samples.len() > 100, "{name}: {} and {}", own.len(), samples.len());
        for file in own.iter().chain(&samples) {
            target(&fs::read(file).unwrap());
        }
    }
}

#[test]
fn what_goes_up_to_the_limits_keeps_the_laws() {
    for (_, target) in TARGETS {
        for (_, input) in heavy() {
            target(&input);
        }
    }
}

/// Where a sender may have been cut off, and where a character was lost on the way.
#[test]
fn seeds_that_are_cut_or_miss_a_byte_keep_the_laws() {
    for (name, target) in TARGETS {
        for file in files(&seeds(name)[0]).unwrap() {
            let input = fs::read(file).unwrap();
            for at in 0..input.len().min(256) {
                target(&input[..at]);
                target(&[&input[..at], &input[at + 1..]].concat());
            }
        }
    }
}
