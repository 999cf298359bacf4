//! Where settings come from: the compiled-in defaults, a file, `.env`, the environment; later ones win.
//!
//! This module gathers text and says which names are unknown. It does not know what a value means.

use std::{
    collections::BTreeMap,
    fmt, io,
    path::{Path, PathBuf},
};

use toml::{Table, Value};

use super::{
    KEYS, Key, Problem,
    nearest::{nearest, nearly},
};

pub(super) const DEFAULTS: &str = include_str!("../../config/default.toml");

/// The settings file that is read when none is named.
const USUAL_FILE: &str = "config/shellia.toml";

/// Names that stood for the database in the project's first version.
const FORMER_DATABASE_NAMES: [&str; 2] = ["SUPABASE_URL", "SUPABASE_KEY"];

/// The text of everything that settings are read from.
#[derive(Default)]
pub struct Sources {
    file: Option<(PathBuf, String)>,
    dotenv: BTreeMap<String, String>,
    environment: BTreeMap<String, String>,
}

impl Sources {
    /// Sources that hold an environment only.
    pub fn from_environment(environment: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { environment: environment.into_iter().collect(), ..Self::default() }
    }

    /// Adds the text of a settings file; `name` is only used to say where a value came from.
    pub fn with_file(mut self, name: impl Into<PathBuf>, text: impl Into<String>) -> Self {
        self.file = Some((name.into(), text.into()));
        self
    }

    /// Reads the settings file (`file`, or `config/shellia.toml` if present) and `.env` under `directory`.
    ///
    /// A file that was named must exist; the usual ones need not.
    pub fn read(
        directory: &Path,
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut sources = Self::from_environment(environment);
        let mut problems = Vec::new();
        let path = directory.join(file.unwrap_or(Path::new(USUAL_FILE)));
        match std::fs::read_to_string(&path) {
            Ok(text) => sources.file = Some((path, text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound && file.is_none() => {}
            Err(error) => problems.push(unreadable(&path, &error)),
        }
        let path = directory.join(".env");
        match std::fs::read(&path) {
            Ok(bytes) => sources.dotenv = parse_dotenv(&path, &bytes, &mut problems),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => problems.push(unreadable(&path, &error)),
        }
        if problems.is_empty() { Ok(sources) } else { Err(problems) }
    }

    /// Reads the files of the working directory and the environment of this process.
    pub fn of_this_process(file: Option<&Path>) -> Result<Self, Vec<Problem>> {
        // A variable that is not UTF-8 cannot be a setting of ours.
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::read(Path::new(""), file, environment)
    }

    /// Names in the environment and in `.env` that are none of ours and look like one that is: probably slips of the pen. They
    /// may be another program's, so they are hints and keep nothing from starting.
    pub fn slips(&self) -> Vec<Problem> {
        let places = [(&self.dotenv, ".env"), (&self.environment, "environment")];
        let names = places.into_iter().flat_map(|(names, place)| names.keys().map(move |name| (name, place)));
        let slip = |(name, place): (&String, &str)| {
            let known = nearly(name, KEYS.iter().map(|key| key.env))?;
            let remedy = format!("Did you mean `{known}`");
            Some(Problem::new(format!("{name} ({place})"), "is not a setting and looks like one", remedy))
        };
        names.filter_map(slip).collect()
    }

    /// Lays the sources over one another.
    pub(super) fn merge(&self, problems: &mut Vec<Problem>) -> Layers {
        let mut layers = Layers::default();
        layers.add_toml(DEFAULTS, &Origin::Default, problems);
        if let Some((path, text)) = &self.file {
            layers.add_toml(text, &Origin::File(path.clone()), problems);
        }
        layers.add_environment(&self.dotenv, ".env");
        layers.add_environment(&self.environment, "environment");
        if !layers.0.contains_key("database.url") {
            problems.extend(self.former_database_name());
        }
        layers
    }

    /// Going on with an empty private database would look like a loss of data to someone who set these.
    fn former_database_name(&self) -> Option<Problem> {
        let is_set = |name: &&&str| {
            [&self.environment, &self.dotenv].iter().any(|names| names.get(**name).is_some_and(|v| !v.is_empty()))
        };
        let name = FORMER_DATABASE_NAMES.iter().find(is_set)?;
        Some(Problem::new(
            *name,
            "is no longer read",
            "Set DATABASE_URL to the connection string that Supabase shows under Connect, with the application's login",
        ))
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Problem {
    Problem::new(
        path.display().to_string(),
        format!("cannot be read: {error}"),
        "Check the path and the file's permissions",
    )
}

/// The library's own message quotes the line, which may hold a secret, so only the place is told.
fn parse_dotenv(path: &Path, bytes: &[u8], problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let without_mark = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut previous = None;
    for entry in dotenvy::Iter::new(without_mark) {
        match entry {
            Ok((name, value)) => {
                previous = Some(name.clone());
                names.entry(name).or_insert(value);
            }
            Err(_) => {
                let place = previous.map_or_else(|| "the first entry".into(), |name| format!("the entry after {name}"));
                problems.push(Problem::new(
                    path.display().to_string(),
                    format!("{place} cannot be read"),
                    "Write NAME=value, with single quotes around a value that holds spaces, `#` or `$`",
                ));
                break;
            }
        }
    }
    names
}

/// The place a value was given in.
#[derive(Debug, Clone)]
pub(super) enum Origin {
    Default,
    File(PathBuf),
    Environment { name: &'static str, place: &'static str },
}

/// One value and where it came from.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) value: Value,
    origin: Origin,
}

impl Given {
    /// How a problem names this setting.
    pub(super) fn place(&self, key: &str) -> String {
        match &self.origin {
            Origin::Environment { name, place } => format!("{name} ({place})"),
            origin @ (Origin::Default | Origin::File(_)) => format!("{key} ({origin})"),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment { place, .. } => f.write_str(place),
        }
    }
}

/// The winning value of each setting, by its name in the file.
#[derive(Default)]
pub(super) struct Layers(pub(super) BTreeMap<&'static str, Given>);

/// Whether the settings file can be read as a whole; where not, nothing can be said of what is missing.
pub(super) fn is_legible(sources: &Sources) -> bool {
    sources.file.as_ref().is_none_or(|(_, text)| text.parse::<Table>().is_ok())
}

impl Layers {
    fn add_toml(&mut self, text: &str, origin: &Origin, problems: &mut Vec<Problem>) {
        match text.parse::<Table>() {
            Ok(table) => self.add_table("", table, origin, problems),
            // `Display` of the error quotes the line, which may hold a secret.
            Err(error) => {
                let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
                let line = before.matches('\n').count() + 1;
                problems.push(Problem::new(
                    origin.to_string(),
                    format!("line {line} is not TOML: {}", error.message()),
                    "Put text between quotes and each table name between square brackets",
                ));
            }
        }
    }

    fn add_table(&mut self, prefix: &str, table: Table, origin: &Origin, problems: &mut Vec<Problem>) {
        for (name, value) in table {
            let path = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
            let known = KEYS.iter().find(|key| key.toml == path);
            match (known, value) {
                (Some(key), value) => {
                    self.0.insert(key.toml, Given { value, origin: origin.clone() });
                }
                (None, Value::Table(inner)) if is_table(&path) => self.add_table(&path, inner, origin, problems),
                (None, _) => problems.push(unknown(&path, origin)),
            }
        }
    }

    fn add_environment(&mut self, names: &BTreeMap<String, String>, place: &'static str) {
        for Key { env, toml, .. } in KEYS {
            // Compose files and unit files pass `NAME=` for what is not set.
            if let Some(text) = names.get(*env).filter(|text| !text.trim().is_empty()) {
                let origin = Origin::Environment { name: env, place };
                self.0.insert(toml, Given { value: Value::String(text.clone()), origin });
            }
        }
    }
}

fn is_table(path: &str) -> bool {
    KEYS.iter().any(|key| key.toml.strip_prefix(path).is_some_and(|rest| rest.starts_with('.')))
}

fn unknown(path: &str, origin: &Origin) -> Problem {
    let remedy = match nearest(path, KEYS.iter().map(|key| key.toml)) {
        Some(known) => format!("Did you mean `{known}`"),
        None => "See docs/SETTINGS.md for every name".into(),
    };
    Problem::new(format!("{path} ({origin})"), "is not a setting", remedy)
}
