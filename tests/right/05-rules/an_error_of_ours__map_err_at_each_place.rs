//! exercise = "05-rules/an_error_of_ours"
//! mark = "body"
//! shape = "map_err at both places, and no From"
//! edits = { "requests.trim().parse::<u32>()?" = "requests.trim().parse::<u32>().map_err(RateError::NoNumber)?", "burst.trim().parse::<u32>()?" = "burst.trim().parse::<u32>().map_err(RateError::NoNumber)?" }

// Each place says for itself what its error becomes.
