// How a question is answered by what was learned of its form and of the phrases in it.

#include <algorithm>

#include "concepts/facts/questions.h"

namespace noema::concepts::facts {
namespace {

constexpr int kMaxDepth = 3;  ///< phrases inside phrases

}  // namespace

/// The forms that match, the most specific first.
std::vector<Questions::Parse> Questions::parses(const Forms& forms, const Words& words) const {
  std::vector<Parse> found;
  for (const auto& [pattern, form] : forms) {
    if (!form.has_meaning()) continue;
    if (const auto fillers = match(pattern, words, kMaxPhrase))
      found.push_back({&pattern, filler_of(words, fillers->front()), form.is_identity});
    else if (const auto bare = form.bare.empty() ? std::nullopt : match(form.bare, words, kMaxPhrase))
      found.push_back({&pattern, filler_of(words, bare->front()), true});
  }
  std::sort(found.begin(), found.end(), [](const Parse& a, const Parse& b) { return more_specific(*a.form, *b.form); });
  return found;
}

/// Goes on to what the links say of a thing; false if nothing was told of it.
bool Questions::follow(const Told& told, std::span<const Link> links, Meant& meant, std::uint32_t sentences) {
  const auto fact = newest_fact(told, links, meant.thing, sentences);
  if (!fact) return false;
  meant.thing = fact->value;
  meant.chain.push_back(*fact);
  return true;
}

/// The thing for which a name or a phrase stands.
std::optional<Questions::Meant> Questions::resolve(const Told& told, const Words& words, bool is_phrase, int depth,
                                                   std::uint32_t sentences) const {
  const auto thing = is_phrase ? std::nullopt : told.thing_of(words);
  if (thing) return Meant{*thing};
  if (depth == kMaxDepth) return std::nullopt;
  for (const Parse& parse : parses(phrases_, words)) {
    auto inner = resolve(told, parse.filler, parse.is_phrase, depth + 1, sentences);
    if (!inner) continue;
    return follow(told, phrases_.at(*parse.form).links, *inner, sentences) ? inner : std::nullopt;
  }
  return std::nullopt;
}

/// What a question names, by its name or by phrases around it, and the form of the question around that.
std::optional<std::pair<Words, Questions::Meant>> Questions::meant_in(const Told& told, const Words& question,
                                                                      std::uint32_t sentences) const {
  auto named = name_in(told, question);
  if (!named) return std::nullopt;
  Meant meant{named->thing};
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const std::pair<const Words, Form>* inner = nullptr;
    for (const auto& phrase : phrases_)
      if (!phrase.second.links.empty() && (inner == nullptr || more_specific(phrase.first, inner->first)) &&
          without(named->form, phrase.first))
        inner = &phrase;
    if (inner == nullptr) break;
    if (!follow(told, inner->second.links, meant, sentences)) return std::nullopt;
    named->form = *without(named->form, inner->first);
  }
  return std::pair(std::move(named->form), std::move(meant));
}

/// in_words: a meaning was not taught, but is that of what is told in the same words.
Reply Questions::reply_to(const Told& told, const Form& form, Meant meant, std::uint32_t sentences,
                          bool in_words) const {
  Reply reply;
  reply.is_understood = true;
  reply.is_untaught = in_words || form.is_untaught;
  reply.right = reply.is_untaught ? told_like_.right() : form.right;
  reply.wrong = reply.is_untaught ? told_like_.wrong() : form.wrong;
  reply.chain = std::move(meant.chain);
  reply.subject = meant.thing;
  reply.links = form.links;
  reply.fact =
      form.is_identity ? std::optional(reply.chain.back()) : newest_fact(told, form.links, meant.thing, sentences);
  if (!reply.fact) {
    reply.withdrawn = newest_fact(told, form.links, meant.thing, sentences, true);
    return reply;
  }
  if (!form.is_identity) reply.chain.push_back(*reply.fact);
  reply.wrap = wrap_of(told, reply.fact->link);
  return reply;
}

/// What words that were never taught as a form or a phrase mean of the thing that they name: the relation that is told
/// in them.
std::optional<Questions::InWords> Questions::in_told_words(const Told& told, std::span<const Relation> relations,
                                                           const Alike& alike, const Words& words,
                                                           std::uint32_t sentences) const {
  auto asked = told_like_.has_learned() ? meant_in(told, words, sentences) : std::nullopt;
  if (!asked || forms_.contains(asked->first)) return std::nullopt;
  const Relation* relation = told_like_.asked_by(told, relations, alike, asked->first);
  if (relation == nullptr) return std::nullopt;
  return InWords{*relation, std::move(asked->second)};
}

Reply Questions::ask(const Told& told, std::span<const Relation> relations, const Words& question,
                     std::uint32_t sentences, const Alike& alike) const {
  const std::vector<Parse> parses = this->parses(forms_, question);
  for (const Parse& parse : parses)
    if (auto meant = resolve(told, parse.filler, parse.is_phrase, 0, sentences))
      return reply_to(told, forms_.at(*parse.form), *std::move(meant), sentences);
  if (parses.empty()) {
    auto asked = in_told_words(told, relations, alike, question, sentences);
    if (!asked) return {};
    Form form;
    form.links = std::move(asked->links);
    return reply_to(told, form, std::move(asked->meant), sentences, true);
  }
  // The form is known, and the phrase in it was never taught.
  for (const Parse& parse : parses) {
    auto phrase = in_told_words(told, relations, alike, parse.filler, sentences);
    if (!phrase || !follow(told, phrase->links, phrase->meant, sentences)) continue;
    return reply_to(told, forms_.at(*parse.form), std::move(phrase->meant), sentences, true);
  }
  return {};
}

}  // namespace noema::concepts::facts
