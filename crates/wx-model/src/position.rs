use crate::leaves::Leaves;

/// A place on the globe, in decimal degrees. The platform's exact texts stay in [`Push::field`](crate::Push::field).
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Position {
    /// Latitude (纬度), -90 to 90, north positive. In messages and menus the wire calls it `Location_X`.
    pub latitude: f64,
    /// Longitude (经度), -180 to 180, east positive. In messages and menus the wire calls it `Location_Y`.
    pub longitude: f64,
}

impl Position {
    /// The place of these degrees; `None` if there is none on the globe.
    ///
    /// ```
    /// use wx_model::Position;
    ///
    /// assert_eq!(Position::new(31.230416, 121.473701).map(|place| place.latitude), Some(31.230416));
    /// assert_eq!(Position::new(121.473701, 31.230416), None);
    /// assert_eq!(Position::new(f64::NAN, 0.0), None);
    /// ```
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_on_the_globe = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        is_on_the_globe.then_some(Self { latitude, longitude })
    }

    pub(crate) fn read(fields: &impl Leaves, latitude: &str, longitude: &str) -> Option<Self> {
        Self::new(fields.decimal(latitude)?, fields.decimal(longitude)?)
    }
}
