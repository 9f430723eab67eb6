#include "transformer/attention_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/stop.h"
#include "base/text.h"
#include "transformer/corpus.h"
#include "transformer/finite.h"
#include "transformer/inference.h"
#include "transformer/sampler.h"
#include "transformer/seq2seq_reader.h"
#include "transformer/token_names.h"
#include "transformer/translate.h"

namespace noema::transformer {
namespace {

/// The label of a token: its text without leading white space, unless it is only white space.
std::string label_of(const std::string& token) {
  const auto first = token.find_first_not_of(" \t\n");
  if (first != token.npos) return token.substr(first);
  return token.find('\n') != token.npos ? "\\n" : "' '";
}

/// The number of columns that a text takes on a terminal: East Asian characters take two.
std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text)
    if (!base::continues_character(c))
      count += static_cast<unsigned char>(c) >= 0xE2
                   ? 2
                   : 1;  // from U+2000 on: mostly Chinese, Japanese, Korean, marks, emoji
  return count;
}

std::string padded(const std::string& text, std::size_t width, bool right = true) {
  const std::string space(width - std::min(width, columns(text)), ' ');
  return right ? space + text : text + space;
}

std::string escaped(std::string_view text) {
  std::string xml;
  for (char c : text) {
    if (c == '<')
      xml += "&lt;";
    else if (c == '>')
      xml += "&gt;";
    else if (c == '&')
      xml += "&amp;";
    else if (static_cast<unsigned char>(c) >= 0x20)
      xml += c;
  }
  return xml;
}

/// A colour between white (weight 0) and dark blue (weight 1).
std::string colour(float weight) {
  const auto mix = [&](double light, double dark) {
    return static_cast<int>(light + (dark - light) * std::clamp(static_cast<double>(weight), 0.0, 1.0) + 0.5);
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(247, 8), mix(251, 64), mix(255, 129));
}

void require_head(int layer, int head, int layers, int heads) {
  if (layer < 0 || layer >= layers)
    throw base::UsageError(fmt::format("--layer {}: the model has layers 0 to {}", layer, layers - 1));
  if (head < 0 || head >= heads)
    throw base::UsageError(fmt::format("--head {}: the model has heads 0 to {}", head, heads - 1));
}

std::vector<Token> tokens_of(std::string_view text, const Model& model, std::size_t most) {
  auto tokens = tokens_of_line(text, model.tokenizer());
  if (tokens.empty()) throw base::Error("attention: the text is empty; give some words");
  if (tokens.size() > most)
    throw base::Error(
        fmt::format("attention: the text has {} tokens, the model's context has room for {}; give a shorter one",
                    tokens.size(), most));
  return tokens;
}

AttentionMap head_of_transformer(const Model& model, std::string_view text, int layer, int head, Mask mask) {
  const Shape& shape = model.shape();
  require_head(layer, head, shape.layers, shape.heads);
  auto tokens = tokens_of(text, model, static_cast<std::size_t>(shape.context) - 1);
  tokens.insert(tokens.begin(), kStart);

  Inference inference(model);
  inference.keep_attention(layer);
  inference.append(tokens, mask == Mask::kBidirectional ? static_cast<int>(tokens.size()) : 0);
  AttentionMap map{{}, {}, layer, head, {}};
  const std::size_t n = tokens.size();
  const float* kept = inference.kept_attention().data() + static_cast<std::size_t>(head) * n * n;
  for (std::size_t i = 0; i < n; ++i) map.weights.emplace_back(kept + i * n, kept + (i + 1) * n);
  map.readers = map.tokens = token_names(model.tokenizer(), tokens);
  return map;
}

AttentionMap alignment_of_seq2seq(const Model& model, std::string_view text, int layer, int head,
                                  const std::stop_token& stop) {
  if (model.options().attention == "none")
    throw base::Error("attention: the model was trained without; train one with --arch seq2seq --attention luong");
  require_head(layer, head, 1, 1);
  const auto tab = text.find('\t');
  const auto context = static_cast<std::size_t>(model.context());
  const auto source = tokens_of(text.substr(0, tab), model, source_room(context, context));
  const auto target = tab != text.npos ? tokens_of(text.substr(tab + 1), model, context / 2)
                                       : Translator(model, 1, {.beam = 1}).translate({&source, 1}, stop).front().tokens;
  AttentionMap map;
  map.tokens = token_names(model.tokenizer(), source);
  map.readers = token_names(model.tokenizer(), target);
  Seq2SeqReader reader(model, source);
  for (const Token token : target) {
    base::stop_if_requested(stop);
    map.weights.emplace_back(reader.attention().begin(), reader.attention().end());
    reader.read(token);
  }
  return map;
}

}  // namespace

AttentionMap attention_map(const Model& model, std::string_view text, int layer, int head, Mask mask,
                           const std::stop_token& stop) {
  base::stop_if_requested(stop);
  auto map = model.options().architecture == "seq2seq" ? alignment_of_seq2seq(model, text, layer, head, stop)
                                                       : head_of_transformer(model, text, layer, head, mask);
  for (const auto& row : map.weights)
    if (first_non_finite(row))
      throw base::Error(
          "the model's attention is not finite: its training diverged; train it with a lower "
          "--learning-rate");
  return map;
}

std::string attention_table(const AttentionMap& map) {
  const auto labels_of = [](const std::vector<std::string>& tokens) {
    std::vector<std::string> labels;
    for (const auto& token : tokens) labels.push_back(label_of(token));
    return labels;
  };
  const auto labels = labels_of(map.tokens), readers = labels_of(map.readers);
  std::size_t first = 0;
  for (const auto& reader : readers) first = std::max(first, columns(reader));
  const auto width = [&](std::size_t column) { return std::max<std::size_t>(4, columns(labels[column])) + 2; };
  std::string table = padded("", first);
  for (std::size_t j = 0; j < labels.size(); ++j) table += padded(labels[j], width(j));
  table += '\n';
  for (std::size_t i = 0; i < readers.size(); ++i) {
    table += padded(readers[i], first, false);
    for (std::size_t j = 0; j < labels.size(); ++j) {
      const float weight = map.weights[i][j];
      table += padded(weight == 0 ? std::string("·") : fmt::format("{:.2f}", weight), width(j));
    }
    table += '\n';
  }
  return table;
}

std::string attention_svg(const AttentionMap& map) {
  constexpr int kCell = 40, kMargin = 16;
  const auto room_of = [](const std::vector<std::string>& tokens) {  // for labels, at 9 pixels a column
    std::size_t longest = 0;
    for (const auto& token : tokens) longest = std::max(longest, columns(label_of(token)));
    return 24 + static_cast<int>(longest) * 9;
  };
  const int rows = static_cast<int>(map.readers.size()), n = static_cast<int>(map.tokens.size());
  const int room = room_of(map.tokens), left = kMargin + room_of(map.readers), top = kMargin + 30 + room;
  const int width = std::max(260, left + n * kCell + kMargin + room / 2), height = top + rows * kCell + kMargin;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" "
      "font-family=\"DejaVu Sans, Noto Sans CJK SC, sans-serif\" font-size=\"14\">\n"
      "<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n"
      "<title>Each row's token reads from the tokens of the columns; a row sums to 1</title>\n"
      "<text x=\"{2}\" y=\"{3}\" font-size=\"15\">Attention, layer {4}, head {5}</text>\n",
      width, height, kMargin, kMargin + 12, map.layer, map.head);
  for (int i = 0; i < rows; ++i)
    svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text>\n", left - 8,
                       top + i * kCell + kCell / 2 + 5, escaped(label_of(map.readers[static_cast<std::size_t>(i)])));
  for (int j = 0; j < n; ++j) {
    const std::string label = label_of(map.tokens[static_cast<std::size_t>(j)]);
    const int middle = j * kCell + kCell / 2;
    // A label of one character is upright; longer labels are rotated.
    svg += fmt::format("<text {}>{}</text>\n",
                       columns(label) <= 2
                           ? fmt::format("x=\"{}\" y=\"{}\" text-anchor=\"middle\"", left + middle, top - 10)
                           : fmt::format("transform=\"translate({},{}) rotate(-60)\"", left + middle + 5, top - 8),
                       escaped(label));
  }
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < n; ++j) {
      const float weight = map.weights[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      const int x = left + j * kCell, y = top + i * kCell;
      svg += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" stroke=\"#d0d7de\"/>", x, y,
                         kCell, kCell, weight == 0 ? "#f6f6f6" : colour(weight));
      if (weight != 0)
        svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\" fill=\"{}\">{:.2f}</text>",
                           x + kCell / 2, y + kCell / 2 + 4, weight > 0.5F ? "white" : "black", weight);
      svg += '\n';
    }
  return svg + "</svg>\n";
}

}  // namespace noema::transformer
