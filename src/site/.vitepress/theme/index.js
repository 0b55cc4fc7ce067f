// The system's fonts: the other entry point ships one of its own.
import theme from 'vitepress/theme-without-fonts'
import './style.css'

export default theme
