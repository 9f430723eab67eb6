#include "memory/inputs/json_line.h"

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

namespace noema::memory {
namespace {

using nlohmann::json;

/// Finds the digits of a number that is a member of the outermost object: parsing made a double of them.
class NumberAsWritten : public nlohmann::json_sax<json> {
 public:
  explicit NumberAsWritten(std::string key) : key_(std::move(key)) {}
  const std::string& digits() const { return digits_; }

  bool number_integer(number_integer_t value) override { return take(value == 0 ? "-0" : std::to_string(value)); }
  bool number_unsigned(number_unsigned_t value) override { return take(std::to_string(value)); }
  bool number_float(number_float_t, const string_t& written) override { return take(written); }
  bool start_object(std::size_t) override { return ++depth_ > 0; }
  bool end_object() override { return depth_-- > 0; }
  bool start_array(std::size_t) override { return ++depth_ > 0; }
  bool end_array() override { return depth_-- > 0; }
  bool key(string_t& key) override {
    here_ = depth_ == 1 && key == key_;
    return true;
  }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool parse_error(std::size_t, const std::string&, const json::exception&) override { return false; }

 private:
  bool take(const std::string& digits) {
    if (here_ && depth_ == 1) digits_ = digits;
    return true;
  }

  std::string key_;
  std::string digits_;
  int depth_ = 0;
  bool here_ = false;
};

const json* member(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || found->is_null() ? nullptr : &*found;
}

}  // namespace

JsonLine::JsonLine(const base::LinePiece& piece, const InputPlace& place, const char* example)
    : line_(piece.text), where_(place.of(piece.line)), object_(base::json_from_outside(piece.text)) {
  if (!object_.is_object()) fail(std::string("expected a JSON object a line, such as ") + example);
}

void JsonLine::fail(const std::string& what) const { throw base::Error(where_ + ": " + what); }

std::string JsonLine::checked(std::string text, const char* key) const {
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';  // an input is one line
  if (const auto bad = base::first_invalid_utf8(text))
    fail("\"" + std::string(key) + "\" holds a NUL at byte " + std::to_string(*bad) + "; remove it");
  return text;
}

std::optional<std::string> JsonLine::text(const json& object, const char* key) const {
  const json* value = member(object, key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string())
    fail("\"" + std::string(key) + "\" is " + value->dump().substr(0, 40) + " (" + value->type_name() +
         "), expected a string; put it into quotes");
  return checked(value->get<std::string>(), key);
}

std::optional<std::string> JsonLine::name(const char* key) const {
  const json* value = member(object_, key);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return checked(value->get<std::string>(), key);
  if (!value->is_number())
    fail("\"" + std::string(key) + "\" is " + value->type_name() + ", expected a string or a number");
  NumberAsWritten number(key);
  json::sax_parse(line_, &number);
  return number.digits();
}

std::optional<double> JsonLine::time(const json& object, const char* key, const InputPlace& place) const {
  const json* value = member(object, key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string() && !value->is_number())
    fail("\"" + std::string(key) + "\" is " + value->type_name() +
         ", expected ISO 8601, such as \"2024-02-29T12:00:00+00:00\", or seconds or milliseconds since 1970");
  try {
    if (value->is_number()) return base::seconds_since_1970(value->get<double>());
    const base::ParsedTime parsed = base::parse_time(value->get_ref<const std::string&>());
    if (!parsed.has_offset) place.say("times without an offset are read as UTC");
    return parsed.seconds;
  } catch (const base::Error& error) {
    fail("\"" + std::string(key) + "\": " + error.what());
  }
}

}  // namespace noema::memory
