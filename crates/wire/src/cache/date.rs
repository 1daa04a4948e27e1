//! HTTP dates (RFC 9110 5.6.7), to and from seconds since 1970.

use crate::calendar::{MONTHS, Moment};

/// Reads a date in any of the three formats that a recipient has to know; None when it is none of them.
///
/// A date before 1970 is taken for the first second of 1970: all that a cache asks is whether it is past.
pub fn parse(value: &[u8]) -> Option<u64> {
    let mut words = [b"".as_slice(); 8];
    let mut count = 0;
    for word in value.split(|byte| b" ,-:".contains(byte)).filter(|word| !word.is_empty()) {
        *words.get_mut(count)? = word;
        count += 1;
    }
    let [_, first, second, third, fourth, fifth, sixth, zone] = words;
    let (day, month, year, [hour, minute, second]) = match count {
        // Sun, 06 Nov 1994 08:49:37 GMT, and Sunday, 06-Nov-94 08:49:37 GMT
        8 if zone == b"GMT" => (first, second, third, [fourth, fifth, sixth]),
        // Sun Nov  6 08:49:37 1994
        7 => (second, first, sixth, [third, fourth, fifth]),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| name.as_bytes() == month)?;
    let year = match (year.len(), u64::from(number(year)?)) {
        (2, short) if short < 70 => 2000 + short,
        (2, short) => 1900 + short,
        (4, year) => year,
        _ => return None,
    };
    let byte = |word| number(word).and_then(|number| u8::try_from(number).ok());
    let moment = Moment {
        year: year.max(1970),
        month: month as u8 + 1,
        day: byte(day)?,
        hour: byte(hour)?,
        minute: byte(minute)?,
        second: byte(second).map(|second| if second == 60 { 59 } else { second })?, // a leap second
    };
    let seconds = moment.to_unix()?;
    Some(if year < 1970 { 0 } else { seconds })
}

/// Writes a date in the one format that a sender uses: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn format(unix_s: u64) -> String {
    let moment = Moment::from_unix(unix_s);
    let Moment { year, day, hour, minute, second, .. } = moment;
    let (weekday, month) = (moment.weekday(), moment.month_name());
    format!("{weekday}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT")
}

fn number(word: &[u8]) -> Option<u16> {
    if word.is_empty() || word.len() > 4 {
        return None;
    }
    word.iter().try_fold(0, |sum, byte| byte.is_ascii_digit().then(|| sum * 10 + u16::from(byte - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_in_the_three_formats() {
        for text in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(parse(text.as_bytes()), Some(784_111_777), "{text}");
        }
        for (seconds, text) in [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (1_709_251_199, "Thu, 29 Feb 2024 23:59:59 GMT"),
            (4_102_444_800, "Fri, 01 Jan 2100 00:00:00 GMT"),
        ] {
            assert_eq!(format(seconds), text);
            assert_eq!(parse(text.as_bytes()), Some(seconds), "{text}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries_comes_back() {
        for day in 0..(800 * 365) {
            let seconds = day * 86_400 + day % 86_400;
            assert_eq!(parse(format(seconds).as_bytes()), Some(seconds), "{}", format(seconds));
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "0",
            "-1",
            "now",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 1994 08:49:61 GMT",
            "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nom 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 994 08:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 GMT GMT",
            "Sun, 32 Nov 1994 08:49:37 GMT",
        ] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(parse(b"Sun, 06 Nov 1904 08:49:37 GMT"), Some(0));
    }
}
