//! The Python module `proxylings._native`.
//!
//! One file a part: convert in, call, convert out. No logic lives here, and nothing outside this crate names pyo3.
//! The crate is built twice: with all reference parts for the wheel, and by `compose` with those parts, often the
//! learner's, that somebody calls. Each part is a feature.

#[cfg(feature = "analytics")]
mod analytics;
#[cfg(feature = "balancer")]
mod balancer;
#[cfg(feature = "cache")]
mod cache;
#[cfg(feature = "connection")]
mod connection;
#[cfg(feature = "drain")]
mod drain;
#[cfg(feature = "engine")]
mod engine;
mod error;
#[cfg(feature = "headers")]
mod headers;
#[cfg(feature = "logline")]
mod logline;
#[cfg(feature = "migration")]
mod migration;
#[cfg(feature = "pipeline")]
mod pipeline;
#[cfg(feature = "pool")]
mod pool;
#[cfg(feature = "request")]
mod request;
#[cfg(feature = "rules")]
mod rules;

/// The parts of the proxy, callable from Python.
#[pyo3::pymodule]
mod _native {
    #[cfg(feature = "analytics")]
    #[pymodule_export]
    use crate::analytics::{LogReport, analytics_report, analytics_report_of_file};
    #[cfg(feature = "balancer")]
    #[pymodule_export]
    use crate::balancer::{BalancerReplay, balancer_rehearse, balancer_replay};
    #[cfg(feature = "cache")]
    #[pymodule_export]
    use crate::cache::{CacheScene, cache_freshness, cache_scene};
    #[cfg(feature = "connection")]
    #[pymodule_export]
    use crate::connection::connection_steps;
    #[cfg(feature = "drain")]
    #[pymodule_export]
    use crate::drain::{drain_hand_over, drain_play};
    #[cfg(feature = "engine")]
    #[pymodule_export]
    use crate::engine::Engine;
    #[cfg(feature = "headers")]
    #[pymodule_export]
    use crate::headers::{
        headers_connection, headers_elements, headers_end_to_end, headers_find, headers_request_framing,
        headers_response_framing,
    };
    #[cfg(feature = "logline")]
    #[pymodule_export]
    use crate::logline::{
        LogColumns, LogEntry, logline_columns, logline_columns_of_file, logline_dicts, logline_objects, logline_parse,
        logline_write,
    };
    #[cfg(feature = "migration")]
    #[pymodule_export]
    use crate::migration::{migration_answer, migration_bucket, migration_compare, migration_ramp, migration_side};
    #[cfg(feature = "pipeline")]
    #[pymodule_export]
    use crate::pipeline::{Decision, pipeline_run};
    #[cfg(feature = "pool")]
    #[pymodule_export]
    use crate::pool::{PoolScene, pool_scene};
    #[cfg(feature = "request")]
    #[pymodule_export]
    use crate::request::{RequestHead, request_cut, request_hand_on, request_parse, request_recycle};
    #[cfg(feature = "rules")]
    #[pymodule_export]
    use crate::rules::{Reload, Route, RuleFault, Rules, rules_load, rules_replay, rules_route};
}
