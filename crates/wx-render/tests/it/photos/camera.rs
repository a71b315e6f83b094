/// A picture on paper and how it is photographed; the same seed gives the same photo.
pub(crate) struct Camera {
    /// Of the photo in pixels.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// The side of the paper in the photo, seen straight.
    pub(crate) side: f64,
    /// Where the middle of the paper stands, as a share of width and height.
    pub(crate) at: [f64; 2],
    /// In the plane of the paper, in degrees.
    pub(crate) turn: f64,
    /// Of the paper away from the camera, in degrees, around an axis of the direction `axis`.
    pub(crate) tilt: f64,
    pub(crate) axis: f64,
    /// Of light and shadow: 0 is even, 0.7 leaves 30 % at the darkest corner.
    pub(crate) shade: f64,
    /// Radius in pixels.
    pub(crate) blur: usize,
    /// Standard deviation of the sensor, of 255.
    pub(crate) noise: f64,
    /// Dark and light of the print, of 255.
    pub(crate) ink: [f64; 2],
    /// Whether each pixel takes one point of the scene, through the grid of a screen.
    pub(crate) is_screen: bool,
    pub(crate) seed: u64,
}

/// One byte a pixel, 255 is white.
#[derive(Clone)]
pub(crate) struct Photo {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) grey: Vec<u8>,
}

/// Of the camera from the paper, in sides of the paper.
const DISTANCE: f64 = 2.5;

impl Camera {
    pub(crate) fn new(side: usize, seed: u64) -> Self {
        Self {
            width: side,
            height: side,
            #[expect(clippy::cast_precision_loss, reason = "pixels")]
            side: side as f64 * 0.7,
            at: [0.5, 0.5],
            turn: 0.0,
            tilt: 0.0,
            axis: 0.0,
            shade: 0.0,
            blur: 0,
            noise: 3.0,
            ink: [25.0, 235.0],
            is_screen: false,
            seed,
        }
    }

    pub(crate) fn shoot(&self, paper: &Photo) -> Photo {
        let mut photo = self.table();
        self.lay(paper, &mut photo);
        self.finish(photo)
    }

    /// What the paper lies on: grey, with dark and light things on it.
    pub(crate) fn table(&self) -> Photo {
        let mut random = Random(self.seed ^ 0x5eed);
        let mut grey = vec![150; self.width * self.height];
        for _ in 0..30 {
            let within = |most: usize, random: &mut Random| random.below(most);
            let (x, y) = (within(self.width, &mut random), within(self.height, &mut random));
            let (width, height) =
                (within(self.width / 4, &mut random) + 2, within(self.height / 40, &mut random) + 2);
            let shade = u8::try_from(60 + random.below(180)).unwrap();
            for line in y..(y + height).min(self.height) {
                grey[line * self.width..][x..(x + width).min(self.width)].fill(shade);
            }
        }
        Photo { width: self.width, height: self.height, grey }
    }

    /// Puts a paper into the photo.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels"
    )]
    pub(crate) fn lay(&self, paper: &Photo, photo: &mut Photo) {
        let (left, top) = (self.at[0] * self.width as f64, self.at[1] * self.height as f64);
        let reach = self.side * 0.95;
        let range = |middle: f64, most: usize| {
            (middle - reach).max(0.0) as usize..((middle + reach) as usize).min(most)
        };
        let points: &[f64] = if self.is_screen { &[0.5] } else { &[0.25, 0.75] };
        for y in range(top, self.height) {
            for x in range(left, self.width) {
                let (mut sum, mut count) = (0.0, 0.0);
                for (dy, dx) in points.iter().flat_map(|dy| points.iter().map(move |dx| (dy, dx))) {
                    let at =
                        self.on_paper((x as f64 + dx - left) / self.side, (y as f64 + dy - top) / self.side);
                    let Some(value) = at.and_then(|at| self.value(paper, at)) else { continue };
                    sum += value;
                    count += 1.0;
                }
                let all = points.len() as f64 * points.len() as f64;
                let pixel = &mut photo.grey[y * self.width + x];
                *pixel = (sum + f64::from(*pixel) * (all - count)).mul_add(1.0 / all, 0.5) as u8;
            }
        }
    }

    /// From a place in the photo to one on the paper, both in sides of the paper from its middle.
    fn on_paper(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        // The ray (x, y, DISTANCE) meets the plane that is turned around an axis in it.
        let (sin, cos) = self.tilt.to_radians().sin_cos();
        let (axis_sin, axis_cos) = self.axis.to_radians().sin_cos();
        let (along, across) = (x * axis_cos + y * axis_sin, y * axis_cos - x * axis_sin);
        let far = DISTANCE / (DISTANCE * cos - across * sin);
        (far > 0.0).then_some(())?;
        let (along, across) = (along * far * cos, across * far);
        let (x, y) = (along * axis_cos - across * axis_sin, along * axis_sin + across * axis_cos);
        let (sin, cos) = self.turn.to_radians().sin_cos();
        Some([x * cos + y * sin, y * cos - x * sin])
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels"
    )]
    fn value(&self, paper: &Photo, [x, y]: [f64; 2]) -> Option<f64> {
        let inside = |at: f64, length: usize| {
            let at = (at + 0.5) * length as f64;
            (at >= 0.0 && at < length as f64).then_some(at)
        };
        let (x, y) = (inside(x, paper.width)?, inside(y, paper.height)?);
        let value = f64::from(paper.grey[y as usize * paper.width + x as usize]) / 255.0;
        let value = self.ink[0] + (self.ink[1] - self.ink[0]) * value;
        // The dark lines between the dots of a screen.
        let is_between = self.is_screen && (x.fract() < 0.25 || y.fract() < 0.25);
        Some(if is_between { value * 0.75 } else { value })
    }

    /// Light, lens and sensor.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels"
    )]
    pub(crate) fn finish(&self, mut photo: Photo) -> Photo {
        let direction = (self.seed as f64).sin_cos();
        let reach = (self.width + self.height) as f64;
        for y in 0..photo.height {
            for x in 0..photo.width {
                let across = (x as f64 * direction.0.abs() + y as f64 * direction.1.abs()) / reach * 1.4;
                let pixel = &mut photo.grey[y * photo.width + x];
                *pixel = (f64::from(*pixel) * (1.0 - self.shade * across.min(1.0))) as u8;
            }
        }
        // Twice, so that it is soft.
        (0..2).for_each(|_| photo.blur(self.blur));
        let mut random = Random(self.seed);
        for pixel in &mut photo.grey {
            *pixel = (f64::from(*pixel) + random.bell() * self.noise + 0.5).clamp(0.0, 255.0) as u8;
        }
        photo
    }
}

impl Photo {
    fn blur(&mut self, radius: usize) {
        if radius == 0 {
            return;
        }
        for is_row in [true, false] {
            let (lines, length) = if is_row { (self.height, self.width) } else { (self.width, self.height) };
            for line in 0..lines {
                let at = |along: usize| if is_row { line * length + along } else { along * lines + line };
                let old: Vec<u32> = (0..length).map(|along| u32::from(self.grey[at(along)])).collect();
                for along in 0..length {
                    let part = &old[along.saturating_sub(radius)..(along + radius + 1).min(length)];
                    let mean = part.iter().sum::<u32>() / u32::try_from(part.len()).unwrap();
                    self.grey[at(along)] = u8::try_from(mean).unwrap();
                }
            }
        }
    }

    pub(crate) fn jpeg(&self, quality: u8) -> Vec<u8> {
        let mut file = Vec::new();
        let [width, height] = [self.width, self.height].map(|side| u16::try_from(side).unwrap());
        let encoder = jpeg_encoder::Encoder::new(&mut file, quality);
        encoder.encode(&self.grey, width, height, jpeg_encoder::ColorType::Luma).unwrap();
        file
    }

    pub(crate) fn inverted(&self) -> Self {
        Self { grey: self.grey.iter().map(|value| 255 - value).collect(), ..*self }
    }
}

/// Numbers that look random (a linear congruential generator).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }

    /// From -1 to 1.
    #[expect(clippy::cast_precision_loss, reason = "a million")]
    pub(crate) fn sway(&mut self) -> f64 {
        self.below(2_000_001) as f64 / 1e6 - 1.0
    }

    /// Around 0 with a standard deviation of 1.
    fn bell(&mut self) -> f64 {
        (0..3).map(|_| self.sway()).sum()
    }
}
