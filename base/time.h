#pragma once
// Times as people and programs write them.

#include <string_view>

namespace noema::base {

struct ParsedTime {
  double seconds = 0;      ///< since 1970-01-01T00:00:00Z
  bool has_offset = true;  ///< false for a date or a clock time without an offset: it was read as UTC
};

/// Reads ISO 8601 (2024-05-06, 2024-05-06T07:08, 2024-05-06 07:08:09.123, with Z, +02, +0200, +02:00 or no offset) and
/// seconds or milliseconds since 1970 as digits. Throws Error with the reason for anything else: no such day, hour,
/// year or form. Years are 1 to 9999.
ParsedTime parse_time(std::string_view text);

/// The seconds of a number that counts seconds or, from 100,000,000,000 on, milliseconds since 1970. Throws Error if it
/// is not finite or out of the years 1 to 9999.
double seconds_since_1970(double number);

}  // namespace noema::base
