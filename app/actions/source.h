#pragma once
// An input as commands quote it: its text, source and time.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "memory/images/png.h"
#include "memory/life.h"

namespace noema::app {

struct Quoted {
  memory::EpisodeId episode = 0;
  std::string text;       ///< of an image as shown_text() says
  std::string source;     ///< file name, or another description of where it came from
  std::int64_t line = 0;  ///< in the source, counted from 1; 0: unknown
  std::string group;      ///< empty: none
  std::optional<std::string> id, speaker, label;
  double time = 0;  ///< seconds since 1970
};

/// What stands for an image where a text would: "[image of 28 x 28 pixels, labelled 7]".
std::string shown_image(const std::optional<memory::PngSize>& size, const std::optional<std::string>& label = {});
/// The text of a whole input; of an image "[image of 28 x 28 pixels, labelled 7]".
std::string shown_text(const memory::EpisodeRow& input);

/// The input with this number, if the life has it.
std::optional<Quoted> quoted(const memory::Life& life, memory::EpisodeId episode);

/// {"episode","source","line","text"}: as evidence of a thought or concept.
nlohmann::ordered_json to_json(const Quoted& quoted);
/// {"source","line","group","speaker","time"}: where and when it was told, for objects that say its text themselves.
nlohmann::ordered_json to_json_of_origin(const Quoted& quoted);
/// What these wrote, read again (json_fields.h): "id", "group", "speaker" and "time" may be missing.
Quoted quoted_of(const nlohmann::json& object);

/// "told on 2024-02-29 12:00 by Ann in book.txt, line 7"; told_at: what stands before the time.
std::string told_where(const Quoted& quoted, const std::string& told_at = "told on");

}  // namespace noema::app
