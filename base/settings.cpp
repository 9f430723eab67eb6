#include "base/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "base/error.h"

namespace noema::base {
namespace {

template <typename Number>
Number parsed(const Key& key, std::string_view text) {
  if (const auto fault = key.range.complaint(text)) throw UsageError(fmt::format("{}: {}", key.name, *fault));
  Number number{};
  const std::string_view found = text;
  if (text.starts_with('+')) text.remove_prefix(1);  // the range took one sign at most; from_chars() takes no plus
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ec != std::errc() || end.ptr != text.data() + text.size())
    throw UsageError(fmt::format("{}: expected {}, found '{}'", key.name, key.range.expected(), found));
  return number;
}

}  // namespace

std::string written(const Value& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  if (const auto* text = std::get_if<std::string>(&value)) return fmt::format("\"{}\"", *text);
  return fmt::format("[{}]", fmt::join(std::get<std::vector<std::string>>(value), ", "));
}

std::string Key::described() const {
  const auto* list = std::get_if<std::vector<std::string>>(&fallback);
  const auto* text = std::get_if<std::string>(&fallback);
  if ((list != nullptr && list->empty()) || (text != nullptr && text->empty()))
    return fmt::format("{}: {}", name, help);
  return fmt::format("{} = {}: {}", name, written(fallback), help);
}

Value parse_value(const Key& key, std::string_view text) {
  if (std::holds_alternative<bool>(key.fallback)) {
    if (text == "true" || text == "false") return text == "true";
    throw UsageError(fmt::format("{} is '{}'; expected true or false", key.name, text));
  }
  if (std::holds_alternative<std::int64_t>(key.fallback)) return parsed<std::int64_t>(key, text);
  if (std::holds_alternative<double>(key.fallback)) return parsed<double>(key, text);
  if (std::holds_alternative<std::string>(key.fallback)) return std::string(text);
  std::vector<std::string> texts;  // separated by commas
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    texts.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return texts;
}

Settings::Settings(const std::vector<Key>& keys) {
  for (const Key& key : keys) values_[key.name] = key.fallback;
}

}  // namespace noema::base
