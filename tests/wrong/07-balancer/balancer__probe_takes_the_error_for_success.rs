//! exercise = "07-balancer"
//! mark = "probe"
//! misconception = "the word that comes back is new, so the exchange has worked"
//! fails = "step_4_probe::one_request_tries_a_server_whose_time_is_over"
//! says = "one request may try it"

                let probing = Health::Probing { until_ms }.to_word();
                match self.health.compare_exchange(probing, seen, Relaxed, Relaxed) {
                    Ok(_) | Err(_) => Admission::Probe { until_ms },
                }
