//! The whole proxy for Python: started in threads of its own, which hold no GIL.
//!
//! Only the wheel has it, with the reference parts. Yours run in a process of their own.

use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::error::course_error;
use proxy::{Config, Drained, Running};

/// A proxy that runs in threads of this process until it is stopped, or nobody holds it any more.
#[pyclass(frozen, module = "proxylings._native")]
pub(crate) struct Engine {
    url: String,
    admin: Option<String>,
    upstream: String,
    running: Mutex<Running>,
}

#[pymethods]
impl Engine {
    /// Start a proxy with the settings in `text`; mistakes are told as if it came from the file `path`.
    #[new]
    fn new(py: Python<'_>, text: &str, path: PathBuf) -> PyResult<Self> {
        let running = py.detach(|| {
            let config = Config::read(text, &path).map_err(|error| error.to_string())?;
            Running::start(config).map_err(|error| error.to_string())
        });
        let running = running.map_err(|text| course_error(&text))?;
        Ok(Self {
            url: format!("http://{}", running.address()),
            admin: running.admin_address().map(|address| format!("http://{address}")),
            upstream: running.upstream().to_owned(),
            running: Mutex::new(running),
        })
    }

    /// Where clients connect.
    #[getter]
    fn url(&self) -> &str {
        &self.url
    }

    /// Where operators look, if the settings name a place.
    #[getter]
    fn admin(&self) -> Option<&str> {
        self.admin.as_deref()
    }

    /// Where requests go, when no rule says otherwise.
    #[getter]
    fn upstream(&self) -> &str {
        &self.upstream
    }

    /// Let running requests finish; False when the deadline cut some off. A second call does nothing.
    fn stop(&self, py: Python<'_>) -> bool {
        py.detach(|| {
            let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
            running.stop() != Some(Drained::Cut)
        })
    }
}
