//! Days and times of the day in UTC, from Unix seconds and back, without a calendar library.
//!
//! Reads no clock: whoever has the time passes it in. Leap seconds do not exist here, as in Unix time.

/// The names of the months as HTTP and access logs spell them.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The names of the weekdays as HTTP spells them (RFC 9110 5.6.7).
pub const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

const DAY: u64 = 86_400;
/// Days from 1 March of the year 0 to 1 January 1970.
const EPOCH: u64 = 719_468;
/// Days in 400 years, after which the calendar repeats.
const ERA: u64 = 146_097;
/// No year from Unix seconds in a `u64` is later.
const LAST_YEAR: u64 = u64::MAX / (365 * DAY);

/// A moment in UTC, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The year, 1970 or later.
    pub year: u64,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// The second, 0 to 59.
    pub second: u8,
}

impl Moment {
    /// The moment that is `seconds` after the start of 1970.
    pub fn from_unix(seconds: u64) -> Self {
        let (days, second) = (seconds / DAY, seconds % DAY);
        // Years that begin in March put the leap day last; eras of 400 years are all alike.
        let shifted = days + EPOCH;
        let (era, day_of_era) = (shifted / ERA, shifted % ERA);
        let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let month = (month_from_march + 2) % 12 + 1;
        Self {
            year: era * 400 + year_of_era + u64::from(month <= 2),
            month: month as u8,
            day: (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u8,
            hour: (second / 3_600) as u8,
            minute: (second / 60 % 60) as u8,
            second: (second % 60) as u8,
        }
    }

    /// Seconds since the start of 1970; `None` for a day that no calendar has, and for one before 1970.
    pub fn to_unix(self) -> Option<u64> {
        let time_is_real = self.hour < 24 && self.minute < 60 && self.second < 60;
        let day_is_real = (1..=12).contains(&self.month) && (1..=self.days_in_month()).contains(&self.day);
        if !time_is_real || !day_is_real || !(1970..=LAST_YEAR).contains(&self.year) {
            return None;
        }
        let year = self.year - u64::from(self.month <= 2);
        let month_from_march = (u64::from(self.month) + 9) % 12;
        let day_of_year = (153 * month_from_march + 2) / 5 + u64::from(self.day) - 1;
        let year_of_era = year % 400;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        let days = year / 400 * ERA + day_of_era - EPOCH;
        let second = u64::from(self.hour) * 3_600 + u64::from(self.minute) * 60 + u64::from(self.second);
        days.checked_mul(DAY)?.checked_add(second)
    }

    /// The day of the week, one of [`WEEKDAYS`].
    pub fn weekday(self) -> &'static str {
        let days = Self { hour: 0, minute: 0, second: 0, ..self }.to_unix().unwrap_or(0) / DAY;
        // 1 January 1970 was a Thursday.
        WEEKDAYS[((days + 3) % 7) as usize]
    }

    /// The name of the month, one of [`MONTHS`].
    pub fn month_name(self) -> &'static str {
        MONTHS[usize::from(self.month.clamp(1, 12) - 1)]
    }

    fn days_in_month(self) -> u8 {
        match self.month {
            4 | 6 | 9 | 11 => 30,
            2 if self.year % 4 == 0 && (self.year % 100 != 0 || self.year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    const KNOWN: [(u64, &str); 7] = [
        (0, "Thu 1970-Jan-01 00:00:00"),
        (784_111_777, "Sun 1994-Nov-06 08:49:37"),
        (951_782_400, "Tue 2000-Feb-29 00:00:00"),
        (1_709_251_199, "Thu 2024-Feb-29 23:59:59"),
        (1_709_251_200, "Fri 2024-Mar-01 00:00:00"),
        (4_102_444_800, "Fri 2100-Jan-01 00:00:00"),
        (4_107_542_400, "Mon 2100-Mar-01 00:00:00"),
    ];

    fn told(moment: Moment) -> String {
        let Moment { year, day, hour, minute, second, .. } = moment;
        let (weekday, month) = (moment.weekday(), moment.month_name());
        format!("{weekday} {year:04}-{month}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }

    #[test]
    fn known_moments() {
        for (seconds, expected) in KNOWN {
            assert_eq!(told(Moment::from_unix(seconds)), expected, "input: {seconds}");
        }
    }

    #[test]
    fn every_moment_leads_back_to_its_second() {
        let days = (0..200_000).map(|day| day * 86_400 + 86_399 - day % 86_400);
        for seconds in days.chain([u64::MAX - 1, u64::MAX]) {
            let moment = Moment::from_unix(seconds);
            assert_eq!(moment.to_unix(), Some(seconds), "moment: {moment:?}");
        }
    }

    #[test]
    fn a_day_that_no_calendar_has_is_no_second() {
        let good = Moment { year: 2026, month: 2, day: 28, hour: 23, minute: 59, second: 59 };
        assert!(good.to_unix().is_some());
        for bad in [
            Moment { day: 29, ..good },
            Moment { day: 0, ..good },
            Moment { year: 2100, day: 29, ..good },
            Moment { month: 4, day: 31, ..good },
            Moment { month: 0, ..good },
            Moment { month: 13, ..good },
            Moment { hour: 24, ..good },
            Moment { minute: 60, ..good },
            Moment { second: 60, ..good },
            Moment { year: 1969, ..good },
            Moment { year: u64::MAX, ..good },
        ] {
            assert_eq!(bad.to_unix(), None, "input: {bad:?}");
        }
    }
}
