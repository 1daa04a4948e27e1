//! The Python module `proxylings._native`.
//!
//! One file a part: convert in, call, convert out. No logic lives here, and nothing outside this crate names pyo3.
//! The crate is built twice: with the reference parts for the wheel, and with the learner's parts by `compose`.

mod analytics;
mod balancer;
mod cache;
mod connection;
mod drain;
#[cfg(feature = "engine")]
mod engine;
mod error;
mod headers;
mod logline;
mod migration;
mod pipeline;
mod pool;
mod request;
mod rules;

/// The parts of the proxy, callable from Python.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::analytics::{LogReport, analytics_report, analytics_report_of_file};
    #[pymodule_export]
    use crate::balancer::{BalancerReplay, balancer_rehearse, balancer_replay};
    #[pymodule_export]
    use crate::cache::{CacheScene, cache_freshness, cache_scene};
    #[pymodule_export]
    use crate::connection::connection_steps;
    #[pymodule_export]
    use crate::drain::{drain_hand_over, drain_play};
    #[cfg(feature = "engine")]
    #[pymodule_export]
    use crate::engine::Engine;
    #[pymodule_export]
    use crate::headers::{
        headers_connection, headers_elements, headers_end_to_end, headers_find, headers_request_framing,
        headers_response_framing,
    };
    #[pymodule_export]
    use crate::logline::{
        LogColumns, LogEntry, logline_columns, logline_columns_of_file, logline_dicts, logline_objects, logline_parse,
        logline_write,
    };
    #[pymodule_export]
    use crate::migration::{migration_answer, migration_bucket, migration_compare, migration_ramp, migration_side};
    #[pymodule_export]
    use crate::pipeline::{Decision, pipeline_run};
    #[pymodule_export]
    use crate::pool::{PoolScene, pool_scene};
    #[pymodule_export]
    use crate::request::{RequestHead, request_cut, request_hand_on, request_parse, request_recycle};
    #[pymodule_export]
    use crate::rules::{Reload, Route, RuleFault, Rules, rules_load, rules_replay, rules_route};
}
