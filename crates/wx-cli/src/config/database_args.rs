use super::Settings;
use std::{
    env,
    path::{Path, PathBuf},
};

/// Flag of the commands that read or write the database.
#[derive(Debug, clap::Args)]
pub(crate) struct DatabaseArgs {
    /// The database file [default: wx.db]
    #[arg(long = "db", env = "WX_DATABASE", value_name = "FILE")]
    database: Option<PathBuf>,
}

impl DatabaseArgs {
    /// The path that was asked for anywhere.
    pub(crate) fn asked<'a>(&'a self, settings: &'a Settings) -> Option<&'a Path> {
        self.database.as_deref().or(settings.database.as_deref())
    }

    /// The path, `wx.db` if nothing was said.
    pub(crate) fn path<'a>(&'a self, settings: &'a Settings) -> &'a Path {
        self.asked(settings).unwrap_or(Path::new("wx.db"))
    }
}

/// The path of the service's database by environment and file.
pub(crate) fn database(settings: &Settings) -> PathBuf {
    let of_environment = env::var_os("WX_DATABASE").filter(|path| !path.is_empty()).map(PathBuf::from);
    of_environment.or_else(|| settings.database.clone()).unwrap_or_else(|| PathBuf::from("wx.db"))
}
