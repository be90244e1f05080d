/** The page's script: the words first, then the element that uses them. */
import { Chat } from "./chat.js";
import { settings } from "./frame.js";
import { speak } from "./words.js";

void speak(settings().language).then(() => customElements.define("img-pathway-chat", Chat));
