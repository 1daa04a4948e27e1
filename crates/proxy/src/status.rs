//! What the admin listener shows: `/status` as JSON, `/metrics` for Prometheus.
//!
//! The counters in, a text out. What a part can't say, because it panics, is null in one and missing in the other.

use crate::metrics::BOUNDS_US;
use crate::migration::Migration;
use crate::migration::view::Family;
use crate::parts;
use crate::parts::{balancer, cache, pool};
use crate::shared::Shared;
use crate::site::Site;
use crate::upstreams::{Server, Upstream};
use serde_json::{Value, json};
use std::fmt::Write as _;
use wire::analytics::Report;
use wire::balancer::Health;
use wire::cache::CacheCounts;
use wire::pool::PoolCounts;

/// Everything that is known, in one object.
pub(crate) fn status(shared: &Shared) -> Value {
    let counts = shared.log.metrics.read();
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "pid": std::process::id(),
        "uptime_s": shared.log.metrics.uptime().as_secs(),
        "draining": shared.is_draining(),
        "restart": shared.succession.status(),
        "label": shared.settings.label,
        "clients": { "open": counts.open, "accepted": counts.accepted, "most": shared.settings.clients },
        "requests": {
            "total": counts.requests(),
            "by_class": {
                "1xx": counts.answered[1], "2xx": counts.answered[2], "3xx": counts.answered[3],
                "4xx": counts.answered[4], "5xx": counts.answered[5],
            },
            "refused_heads": counts.refused,
            "request_body_bytes": counts.request_bytes,
            "response_body_bytes": counts.response_bytes,
            "took_us": counts.took_us,
        },
        "upstreams": shared.upstreams.iter().map(upstream).collect::<Vec<_>>(),
        "rules": shared.site.as_ref().map(Site::status),
        "cache": shared.cache.as_ref().map(|cache| cache::counts(cache).map(|counts| cached(&counts))),
        "migration": shared.migration.as_ref().map(|migration| migration.status(shared)),
        "part_panics": parts::panics(),
        "log_lines_dropped": shared.log.dropped(),
    })
}

fn upstream(upstream: &Upstream) -> Value {
    let views = balancer::view(&upstream.balancer).unwrap_or_default();
    let server = |(at, server): (usize, &Server)| {
        let view = views.get(at);
        json!({
            "url": server.url.to_string(),
            "active": view.map(|view| view.active),
            "picks": view.map(|view| view.picks),
            "health": view.map(|view| health(view.health)),
            "connections": pool::counts(&server.pool).as_ref().map(connections),
        })
    };
    json!({ "name": upstream.name, "servers": upstream.servers.iter().enumerate().map(server).collect::<Vec<_>>() })
}

fn connections(pool: &PoolCounts) -> Value {
    json!({
        "opened": pool.connects, "reused": pool.reuses, "closed": pool.discards,
        "waited": pool.waits, "idle": pool.idle, "lent": pool.lent,
    })
}

fn health(health: Health) -> Value {
    match health {
        Health::Serving { failures } => json!({ "state": "serving", "failures_in_a_row": failures }),
        Health::Ejected { until_ms } => json!({ "state": "ejected", "until_ms": until_ms }),
        Health::Probing { .. } => json!({ "state": "probing" }),
    }
}

fn cached(counts: &CacheCounts) -> Value {
    json!({
        "hits": counts.hits, "misses": counts.misses, "revalidations": counts.revalidations, "waits": counts.waits,
        "stored": counts.stored, "evicted": counts.evicted, "entries": counts.entries, "bytes": counts.bytes,
    })
}

/// What the newest lines of the access log say.
pub(crate) fn report(report: &Report) -> Value {
    let latency = &report.latency;
    json!({
        "requests": report.requests,
        "unreadable_lines": report.unreadable,
        "body_bytes": report.body_bytes,
        "statuses": report.statuses,
        "latency_us": {
            "p50": latency.p50_us, "p90": latency.p90_us, "p99": latency.p99_us, "p999": latency.p999_us,
            "max": latency.max_us,
        },
        "top_clients": report.clients,
    })
}

/// The same numbers in the Prometheus text format, version 0.0.4.
pub(crate) fn metrics(shared: &Shared) -> String {
    let counts = shared.log.metrics.read();
    let mut page = Page(String::new());
    page.one("proxylings_clients_accepted_total", "counter", "Clients that have connected.", counts.accepted);
    page.one("proxylings_clients_open", "gauge", "Clients that are connected.", counts.open);
    page.about("proxylings_requests_total", "counter", "Requests with an answer, by the first digit of its status.");
    for class in 1..=5 {
        page.line("proxylings_requests_total", &format!("class=\"{class}xx\""), counts.answered[class]);
    }
    page.one("proxylings_refused_heads_total", "counter", "Heads that never became a request.", counts.refused);
    page.one("proxylings_request_body_bytes_total", "counter", "Body bytes from clients.", counts.request_bytes);
    page.one("proxylings_response_body_bytes_total", "counter", "Body bytes to clients.", counts.response_bytes);
    page.one("proxylings_part_panics_total", "counter", "Panics of parts.", parts::panics());
    page.one("proxylings_log_lines_dropped_total", "counter", "Log lines that found no room.", shared.log.dropped());
    page.connections(&shared.upstreams);
    if let Some(site) = &shared.site {
        page.about("proxylings_filter_total", "counter", "Requests for which a filter ran, or had nothing to do.");
        for count in site.filters() {
            page.line("proxylings_filter_total", &format!("filter=\"{}\",did=\"ran\"", count.name), count.ran);
            page.line("proxylings_filter_total", &format!("filter=\"{}\",did=\"skipped\"", count.name), count.skipped);
        }
    }
    if let Some(counts) = shared.cache.as_ref().and_then(cache::counts) {
        page.one("proxylings_cache_hits_total", "counter", "Requests that a kept answer answered.", counts.hits);
        page.one("proxylings_cache_misses_total", "counter", "Fetches with nothing to show.", counts.misses);
        page.one("proxylings_cache_revalidations_total", "counter", "Questions for a stale one.", counts.revalidations);
        page.one("proxylings_cache_waits_total", "counter", "Requests that waited for a fetch.", counts.waits);
        page.one("proxylings_cache_stored_total", "counter", "Answers that were kept.", counts.stored);
        page.one("proxylings_cache_evicted_total", "counter", "Answers that made room for others.", counts.evicted);
        page.one("proxylings_cache_entries", "gauge", "Answers that are kept.", counts.entries);
        page.one("proxylings_cache_bytes", "gauge", "Bytes that are kept.", counts.bytes);
    }
    for Family(suffix, kind, help, numbers) in shared.migration.iter().flat_map(Migration::families) {
        let name = format!("proxylings_migration_{suffix}");
        page.about(&name, kind, help);
        for (labels, number) in numbers {
            writeln!(page.0, "{name}{labels} {number}").expect("a String takes every character");
        }
    }
    page.histogram(&counts.buckets, counts.took_us, counts.requests());
    page.0
}

struct Page(String);

impl Page {
    fn about(&mut self, name: &str, kind: &str, help: &str) {
        writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}").expect("a String takes every character");
    }

    fn line(&mut self, name: &str, labels: &str, value: u64) {
        writeln!(self.0, "{name}{{{labels}}} {value}").expect("a String takes every character");
    }

    fn one(&mut self, name: &str, kind: &str, help: &str, value: u64) {
        self.about(name, kind, help);
        writeln!(self.0, "{name} {value}").expect("a String takes every character");
    }

    fn connections(&mut self, upstreams: &[Upstream]) {
        type Read = fn(&PoolCounts) -> u64;
        let families: [(&str, &str, &str, Read); 5] = [
            ("opened_total", "counter", "Connections that were opened.", |pool| pool.connects),
            ("reused_total", "counter", "Times that an idle connection served again.", |pool| pool.reuses),
            ("closed_total", "counter", "Connections that were closed.", |pool| pool.discards),
            ("waits_total", "counter", "Requests that waited for a connection.", |pool| pool.waits),
            ("idle", "gauge", "Connections that wait for a request.", |pool| pool.idle as u64),
        ];
        for (suffix, kind, help, read) in families {
            let name = format!("proxylings_upstream_connections_{suffix}");
            self.about(&name, kind, help);
            for upstream in upstreams {
                for server in &upstream.servers {
                    let labels = format!("upstream=\"{}\",server=\"{}\"", escape(&upstream.name), server.url);
                    if let Some(counts) = pool::counts(&server.pool) {
                        self.line(&name, &labels, read(&counts));
                    }
                }
            }
        }
    }

    /// Prometheus wants seconds, and each bucket to hold the smaller ones too.
    fn histogram(&mut self, buckets: &[u64], took_us: u64, count: u64) {
        const NAME: &str = "proxylings_request_seconds";
        self.about(NAME, "histogram", "Time from a whole request head to the end of its answer.");
        let mut so_far = 0;
        for (bound, bucket) in BOUNDS_US.iter().zip(buckets) {
            so_far += bucket;
            self.line(&format!("{NAME}_bucket"), &format!("le=\"{}\"", seconds(*bound)), so_far);
        }
        self.line(&format!("{NAME}_bucket"), "le=\"+Inf\"", count);
        writeln!(self.0, "{NAME}_sum {}\n{NAME}_count {count}", seconds(took_us))
            .expect("a String takes every character");
    }
}

#[expect(clippy::cast_precision_loss, reason = "a sum of microseconds is exact for 285 years")]
fn seconds(micros: u64) -> f64 {
    micros as f64 / 1e6
}

/// A text inside of a label's quotes.
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}
